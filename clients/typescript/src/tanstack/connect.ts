import type { QueryClient } from '@tanstack/query-core';
import type { ChatClient } from '../client.js';
import type { SideBarChannel } from '../protocol/calls.js';
import type { Channel, Id, MembersItem, Message, User } from '../protocol/entities.js';
import { feedNames } from '../protocol/feedNames.js';
import type { Delta } from '../protocol/sync.js';
import { chatKeys } from './keys.js';
import { historyWith, isBeyond, newer, pageWith, sideBarWith, type HistoryData } from './updates.js';

/**
 * Keeps the queries of `chatQueries` up to date: what is shown by a query is followed, and what comes updates or invalidates queries, nothing else.
 * Call it once the client has started; the returned function ends it.
 */
export function connectQueries(client: ChatClient, queries: QueryClient): () => void {
  const followed = new Map<string, () => void>();
  const follow = (hash: string, [, what, id]: readonly unknown[], shown: boolean) => {
    if (shown && !followed.has(hash)) followed.set(hash, followedBy(client, String(what), String(id)));
    if (!shown) {
      followed.get(hash)?.();
      followed.delete(hash);
    }
  };
  const cache = queries.getQueryCache();
  for (const query of cache.findAll({ queryKey: chatKeys.all })) follow(query.queryHash, query.queryKey, query.getObserversCount() > 0);
  const stop = [
    cache.subscribe(({ type, query }) => {
      if (query.queryKey[0] === chatKeys.all[0] && (type === 'observerAdded' || type === 'observerRemoved' || type === 'removed')) follow(query.queryHash, query.queryKey, type !== 'removed' && query.getObserversCount() > 0);
    }),
    client.sideBar.subscribe(() => showSideBar(client, queries)),
    client.onDelta((delta) => take(queries, delta)),
  ];
  return () => {
    for (const each of [...stop, ...followed.values()]) each();
    followed.clear();
  };
}

const nothing = () => undefined;

function followedBy(client: ChatClient, what: string, id: Id): () => void {
  if (what === 'history' || what === 'thread') return client.timeline(id).subscribe(nothing);
  if (what === 'members' || what === 'channel') return client.members(id).subscribe(nothing);
  return nothing;
}

function showSideBar(client: ChatClient, queries: QueryClient): void {
  const { lines, loading, stale } = client.sideBar.getSnapshot();
  const key = chatKeys.sideBar();
  const held = queries.getQueryData<readonly SideBarChannel[]>(key);
  if (loading || stale || !held) return;
  const next = sideBarWith(held, lines);
  if (next) queries.setQueryData(key, next);
  else void queries.invalidateQueries({ queryKey: key });
}

function take(queries: QueryClient, delta: Delta): void {
  const name = feedNames.parse(delta.feed);
  if (name?.kind === 'messages') takeMessages(queries, name.id, delta as Delta<Message>);
  if (name?.kind === 'members') takeMembers(queries, name.id, delta as Delta<MembersItem>);
  if (name?.kind === 'users') for (const user of delta.items as readonly User[]) queries.setQueryData<User>(chatKeys.profile(user.id), (held) => newer(held, user));
}

function takeMessages(queries: QueryClient, channelId: Id, { items, reset }: Delta<Message>): void {
  const key = chatKeys.history(channelId);
  if (reset || isBeyond(queries.getQueryData<HistoryData>(key), items)) void queries.invalidateQueries({ queryKey: key });
  queries.setQueryData<HistoryData>(key, (held) => historyWith(held, items));
  for (const [thread, page] of queries.getQueriesData<HistoryData['pages'][number]>({ queryKey: ['chatgenius', 'thread', channelId] })) {
    if (reset || items.some((item) => item.threadId === thread[3] && (page?.items.at(-1)?.seq ?? 0) < item.seq)) void queries.invalidateQueries({ queryKey: thread });
    if (page) queries.setQueryData(thread, pageWith(page, items));
  }
}

function takeMembers(queries: QueryClient, channelId: Id, { items, reset }: Delta<MembersItem>): void {
  for (const item of items) if (item.type === 'channel') queries.setQueryData<Channel>(chatKeys.channel(channelId), (held) => newer(held, item));
  if (reset) void queries.invalidateQueries({ queryKey: chatKeys.channel(channelId) });
  if (reset || items.some((item) => item.type === 'member')) void queries.invalidateQueries({ queryKey: chatKeys.members(channelId) });
}
