import { useDialogs } from '../dialogs/dialogs';
import { Icon, Logo } from '../look/icons';
import { useMe, useSideBar } from '../session/useClient';

/** What stands where no channel is open. */
export function Welcome() {
  const { open } = useDialogs();
  const { lines, loading } = useSideBar();
  const me = useMe();
  if (loading || lines.length > 0) return <main className="empty" aria-busy={loading} />;
  return (
    <main className="empty">
      <Logo size={48} />
      <h1>Hello, <bdi>{me.displayName || me.username}</bdi></h1>
      <p className="muted">Conversations live in channels. Begin one, or look around for one to join.</p>
      <div className="choices">
        <button className="primary" onClick={() => open({ kind: 'create' })}><Icon name="plus" size={16} />Create a channel</button>
        <button className="secondary" onClick={() => open({ kind: 'browse' })}><Icon name="search" size={16} />Browse channels</button>
        <button className="secondary" onClick={() => open({ kind: 'direct' })}><Icon name="people" size={16} />Message someone</button>
      </div>
    </main>
  );
}
