import { useQueries, useQuery } from '@tanstack/react-query';
import type { ChatClient, SideBarLine } from '@chatgenius/client';
import { useMemo, useSyncExternalStore } from 'react';
import { useClient, useMe } from '../session/useClient';

// Who is in a direct channel never changes, so it is asked once.
const peopleQuery = (client: ChatClient, channelId: string) => ({
  queryKey: ['direct', channelId],
  queryFn: async () => (await client.api.members(channelId, { limit: 200 })).items.map((member) => member.userId),
  staleTime: Infinity,
  gcTime: Infinity,
  retry: true,
});

const nobody: readonly string[] = [];

/** The others in a direct channel; oneself where one talks to oneself. Empty until it is known. */
export function useDirectPeople(channelId: string, isDirect: boolean): readonly string[] {
  const [client, me] = [useClient(), useMe()];
  const { data } = useQuery({ ...peopleQuery(client, channelId), enabled: isDirect });
  return useMemo(() => (data ? othersOf(data, me.id) : nobody), [data, me.id]);
}

/** The same for many. */
export function useManyDirectPeople(lines: readonly SideBarLine[]): ReadonlyMap<string, readonly string[]> {
  const [client, me] = [useClient(), useMe()];
  const directs = lines.filter((line) => line.channel.kind === 'direct').map((line) => line.channel.id);
  const answers = useQueries({ queries: directs.map((id) => peopleQuery(client, id)) });
  return new Map(directs.flatMap((id, i) => (answers[i]?.data ? [[id, othersOf(answers[i].data, me.id)]] : [])));
}

const othersOf = (all: readonly string[], me: string): readonly string[] => {
  const others = all.filter((id) => id !== me);
  return others.length > 0 ? others : all;
};

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
