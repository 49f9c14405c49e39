import { useMemo, useRef, useSyncExternalStore } from 'react';
import { useClient } from '../session/useClient';

const nobody: ReadonlyMap<string, string> = new Map();

/** The ids of these users by their usernames in lower case, as far as they are known. */
export function useMentioned(userIds: readonly string[]): ReadonlyMap<string, string> {
  const client = useClient();
  const held = useRef({ names: '', map: nobody });
  const store = useMemo(() => {
    const profiles = userIds.map((id) => client.profile(id));
    return {
      subscribe: (listener: () => void) => {
        const stop = profiles.map((profile) => profile.subscribe(listener));
        return () => stop.forEach((each) => each());
      },
      getSnapshot: () => {
        const users = profiles.flatMap((profile) => profile.getSnapshot() ?? []);
        const names = users.map((user) => `${user.id} ${user.username}`).join();
        if (names !== held.current.names) held.current = { names, map: new Map(users.map((user) => [user.username.toLowerCase(), user.id])) };
        return held.current.map;
      },
    };
  }, [client, userIds]);
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
