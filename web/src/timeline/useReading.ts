import type { Timeline, TimelineSnapshot } from '@chatgenius/client';
import { useEffect, useSyncExternalStore } from 'react';
import { useClient, useLine, usePart } from '../session/useClient';

const settleMs = 250;

const subscribe = (listener: () => void) => {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
};

/** Whoever sees the newest message has read the channel. Returns how many are unread. */
export function useReading({ channelId }: Timeline, { lastSeq, hasNewer, continuity }: TimelineSnapshot, atBottom: boolean): number {
  const client = useClient();
  const line = useLine(channelId);
  const visible = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');
  const live = usePart(client.connection, ({ phase }) => phase === 'live');
  const readSeq = line?.readSeq ?? Infinity;
  const reads = visible && atBottom && !hasNewer && live && continuity !== 'denied' && readSeq < lastSeq;
  useEffect(() => {
    if (!reads) return;
    // What could not be said is said with the next message.
    const timer = setTimeout(() => client.commands.markRead(channelId, lastSeq).catch(() => undefined), settleMs);
    return () => clearTimeout(timer);
  }, [client, channelId, lastSeq, reads]);
  return line?.unread ?? 0;
}
