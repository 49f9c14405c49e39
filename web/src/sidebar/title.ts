import { useEffect } from 'react';
import { useSideBar } from '../session/useClient';

/** The page's title: what waits, and where one is. */
export function useTitle(channelId: string | null): void {
  const { lines } = useSideBar();
  const waiting = lines.reduce((sum, line) => sum + (line.membership.muted ? 0 : line.channel.kind === 'direct' ? line.unread : line.mentions), 0);
  const here = lines.find((line) => line.channel.id === channelId)?.channel;
  const name = here?.kind === 'direct' ? 'Direct message' : here?.name;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${name ? `${name} · ` : ''}ChatGenius`;
  }, [waiting, name]);
}
