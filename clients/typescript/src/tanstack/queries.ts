import type { ChatClient } from '../client.js';
import type { MessagePage } from '../protocol/calls.js';
import type { Id, Membership } from '../protocol/entities.js';
import { chatKeys } from './keys.js';

const pageSize = 100;

/** Options for `useQuery` and `useInfiniteQuery`. What they bring is read by HTTP; {@link connectQueries} keeps it up to date. */
export const chatQueries = (client: ChatClient) => ({
  sideBar: () => ({ queryKey: chatKeys.sideBar(), queryFn: () => whole((cursor) => client.api.myChannels({ limit: 200, ...cursor })) }),

  /** Infinite: each next page is older; within a page the oldest message is first. */
  history: (channelId: Id) => ({
    queryKey: chatKeys.history(channelId),
    queryFn: ({ pageParam }: { pageParam: number | null }) => client.api.history(channelId, { limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (page: MessagePage) => ((page.items[0]?.seq ?? 1) > 1 ? page.items[0]!.seq : null),
  }),

  /** The latest replies to a message. */
  thread: (channelId: Id, messageId: Id) => ({ queryKey: chatKeys.thread(channelId, messageId), queryFn: () => client.api.history(channelId, { thread: messageId, limit: 200 }) }),
  members: (channelId: Id) => ({ queryKey: chatKeys.members(channelId), queryFn: (): Promise<readonly Membership[]> => whole((cursor) => client.api.members(channelId, { limit: 200, ...cursor })) }),
  channel: (channelId: Id) => ({ queryKey: chatKeys.channel(channelId), queryFn: () => client.api.channel(channelId) }),
  profile: (userId: Id) => ({ queryKey: chatKeys.profile(userId), queryFn: () => client.api.user(userId) }),
});

async function whole<T>(read: (cursor: { cursor?: string }) => Promise<{ readonly items: readonly T[]; readonly next?: string | null }>): Promise<readonly T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { readonly items: readonly T[]; readonly next?: string | null } = await read(cursor ? { cursor } : {});
    items.push(...page.items);
    cursor = page.next ?? null;
  }
  return items;
}
