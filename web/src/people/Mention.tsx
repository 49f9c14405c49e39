import { useMe, useProfile } from '../session/useClient';

/** Somebody who is spoken to. */
export function Mention({ userId }: { userId: string }) {
  const [me, user] = [useMe(), useProfile(userId)];
  return <bdi className={userId === me.id ? 'mention me' : 'mention'} title={user ? `@${user.username}` : undefined}>@{user ? user.displayName || user.username : '…'}</bdi>;
}
