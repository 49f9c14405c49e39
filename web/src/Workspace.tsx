import { Suspense, useEffect, useMemo } from 'react';
import { Toasts } from './dialogs/Toasts';
import { Bones } from './channels/Bones';
import { ConnectionNotice } from './connection/ConnectionNotice';
import { DialogsContext, useDialogState } from './dialogs/dialogs';
import { part } from './parts';
import { go, useRoute } from './routing/route';
import { useClient, useSideBar } from './session/useClient';
import { SideBar } from './sidebar/SideBar';
import { useTitle } from './sidebar/title';
import { Welcome } from './sidebar/Welcome';
import './workspace.css';

const { Part: ChannelView, ahead: bringChannels } = part(() => import('./channels/ChannelView'));
const { Part: OpenDialog, ahead: bringDialogs } = part(() => import('./dialogs/OpenDialog'));
bringChannels();

/** What one sees when signed in: the side bar, a channel, and at times a panel or a dialog. */
export default function Workspace() {
  const { channelId } = useRoute();
  const [dialog, dialogs] = useDialogState();
  usePresence();
  useTitle(channelId);
  useOpening(channelId);

  useEffect(() => {
    // What is typed right after Ctrl-K is meant for the switcher: it must be here by then.
    const timer = setTimeout(bringDialogs, 500);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        dialogs.open({ kind: 'switcher' });
      }
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [dialogs]);

  return (
    <DialogsContext value={dialogs}>
      <div className="workspace" data-open={channelId ? 'channel' : 'side'}>
        <a className="skip" href="#main">Skip to messages</a>
        <SideBar />
        <div className="stage" id="main" tabIndex={-1}>
          <ConnectionNotice />
          <Suspense fallback={<Bones />}>{channelId ? <ChannelView key={channelId} channelId={channelId} /> : <Welcome />}</Suspense>
        </div>
      </div>
      <Toasts />
      {dialog && (
        <Suspense>
          <OpenDialog key={dialog.kind} dialog={dialog} />
        </Suspense>
      )}
    </DialogsContext>
  );
}

/** Says away while nobody looks at the page. */
function usePresence(): void {
  const client = useClient();
  useEffect(() => {
    const say = () => client.setPresence(document.visibilityState === 'hidden' ? 'away' : 'active');
    say();
    document.addEventListener('visibilitychange', say);
    return () => document.removeEventListener('visibilitychange', say);
  }, [client]);
}

/** On a wide page some channel is always open: the last one, or the first. */
function useOpening(channelId: string | null): void {
  const client = useClient();
  const { lines, loading } = useSideBar();
  const user = client.session.getSnapshot().user;
  const key = `chatgenius:last:${user?.id ?? ''}`;
  const wide = useMemo(() => matchMedia('(min-width: 761px)'), []);
  useEffect(() => {
    if (channelId) localStorage.setItem(key, channelId);
    else if (!loading && wide.matches) {
      const last = localStorage.getItem(key);
      const open = lines.find((line) => line.channel.id === last) ?? lines.find((line) => line.channel.kind !== 'direct') ?? lines[0];
      if (open) go({ channelId: open.channel.id, panel: null }, 'replace');
    }
  }, [channelId, key, lines, loading, wide]);
}
