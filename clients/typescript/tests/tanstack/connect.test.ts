import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/query-core';
import { expect, test } from 'vitest';
import type { Message } from '../../src/index.js';
import { chatKeys, chatQueries, connectQueries } from '../../src/tanstack/index.js';
import type { HistoryData } from '../../src/tanstack/updates.js';
import { channel, feed, message, Owner } from '../feeds/history.js';
import { settle } from '../playedClock.js';
import { PlayedServer } from '../playedServer.js';

async function shown() {
  const [server, owner] = [new PlayedServer(), new Owner()];
  for (let i = 0; i < 150; i++) owner.post();
  server.answers.set(`GET /api/v1/channels/${channel}/messages`, (query: URLSearchParams) => Response.json(query.get('thread') ? { ...owner.page(1, 1), items: [] } : owner.page(Number(query.get('before') ?? 1e9), 100)));
  const client = await server.started();
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  const disconnect = connectQueries(client, queries);
  const observer = new InfiniteQueryObserver(queries, chatQueries(client).history(channel));
  const leave = observer.subscribe(() => undefined);
  await settle();
  for (let i = 0; i < 4; i++) await server.answerSync([owner.since(0, 0, 50)]);
  const data = () => queries.getQueryData<HistoryData>(chatKeys.history(channel))!;
  const histories = () => server.calls.filter((c) => c.startsWith(`GET /api/v1/channels/${channel}/messages`)).length;
  return { server, owner, client, queries, observer, data, histories, end: async () => (leave(), disconnect(), await client.dispose(), queries.clear()) };
}

test('what a query shows is followed, and changes update it in place', async () => {
  const { server, owner, observer, data, histories, end } = await shown();
  await observer.fetchNextPage();
  expect(data().pages.map((page) => page.items.length)).toEqual([100, 50]);
  const [before, calls] = [data(), histories()];
  server.line.handlers!.Delta(owner.edit(10));
  expect(data().pages[1]!.items[10]!.revision).toBe(151);
  expect(data().pages[0]).toBe(before.pages[0]);
  expect(histories()).toBe(calls);
  await end();
});

test('a new message invalidates the history', async () => {
  const { server, owner, data, end } = await shown();
  server.line.handlers!.Delta(owner.post());
  await settle();
  expect(data().pages[0]!.items.at(-1)!.seq).toBe(151);
  await end();
});

test('a reply invalidates its thread', async () => {
  const { server, owner, client, queries, end } = await shown();
  const root = owner.messages[3]!.id;
  const leave = new QueryObserver(queries, chatQueries(client).thread(channel, root)).subscribe(() => undefined);
  await settle();
  const threads = () => server.calls.filter((c) => c.includes('thread=')).length;
  const before = threads();
  const delta = owner.post();
  server.line.handlers!.Delta({ ...delta, items: [message(151, 151, { threadId: root }) as Message] });
  await settle();
  expect(threads()).toBe(before + 1);
  leave();
  await end();
});

test('what no query shows any more is not followed, and the end leaves nothing', async () => {
  const { server, client, end } = await shown();
  await end();
  expect(server.clock.waiting).toBe(0);
  expect(client.timeline(channel).active).toBe(false);
  expect(server.line.asked?.some((p) => p.feed === feed) ?? false).toBe(false);
});
