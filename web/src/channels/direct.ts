import { useMemo, useSyncExternalStore } from 'react';
import { useClient, useLine } from '../session/useClient';

const nobody: readonly string[] = [];

/** The others in a direct channel. Empty until it is known, and where one talks to oneself. */
export const useDirectPeople = (channelId: string): readonly string[] => useLine(channelId)?.people ?? nobody;

/** Names of people, joined; empty while none is known. */
export function useNames(userIds: readonly string[]): string {
  const client = useClient();
  const key = userIds.join();
  const store = useMemo(() => {
    const profiles = key === '' ? [] : key.split(',').map((id) => client.profile(id));
    return {
      subscribe: (listener: () => void) => {
        const stop = profiles.map((profile) => profile.subscribe(listener));
        return () => stop.forEach((each) => each());
      },
      getSnapshot: () => profiles.map((profile) => profile.getSnapshot()).flatMap((user) => (user ? [user.displayName || user.username] : [])).join(', '),
    };
  }, [client, key]);
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
