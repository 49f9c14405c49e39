import { expect, test } from 'vitest';
import type { ChatClient, Delta, Revised, SideBarSnapshot } from '../../src/index.js';
import { settle } from '../playedClock.js';
import { me, PlayedServer } from '../playedServer.js';

const ids = ['01920000-0000-7000-8000-00000000000a', '01920000-0000-7000-8000-00000000000b'] as const;
const channels = `users/${me}/channels`;
const reads = `users/${me}/reads`;

const channelOf = (id: string, name = `channel ${id.at(-1)}`, revision = 1) => ({ id, kind: 'public', name, topic: '', archived: false, createdBy: me, createdAt: '2026-01-01T00:00:00.000Z', memberCount: 1, revision });
const mine = (channelId: string, revision: number, more = {}) => ({ channelId, role: 'member', starred: false, muted: false, hidden: false, notify: 'all', left: false, revision, ...more });
const line = (id: string, n: number) => ({ channel: channelOf(id), membership: mine(id, n), head: { feed: `channels/${id}/messages`, epoch: 1, revision: 9, lastSeq: 9 }, lastSeq: 9, unread: 2, mentions: 1, readSeq: 7 });
const delta = (feed: string, from: number, items: readonly Revised[], reset = false): Delta => ({ feed, epoch: 1, from, to: Math.max(from, ...items.map((i) => i.revision)), reset, floor: null, more: false, fence: null, items });

async function shown(server = new PlayedServer()): Promise<{ server: PlayedServer; client: ChatClient; bar: () => SideBarSnapshot; calls: () => number }> {
  server.answers.set('GET /api/v1/users/me/channels', { items: ids.map((id, i) => line(id, i + 1)), next: null, feed: { feed: channels, epoch: 1, revision: 2 } });
  for (const id of ids) server.answers.set(`GET /api/v1/channels/${id}`, channelOf(id, 'renamed', 5));
  const client = await server.started();
  client.sideBar.subscribe(() => undefined);
  await server.clock.pass(10);
  for (let i = 0; i < 4; i++) await server.answerSync([delta(channels, 0, [mine(ids[0], 1), mine(ids[1], 2)], true), delta(reads, 0, ids.map((channelId, i) => ({ channelId, seq: 7, mentions: 1, revision: i + 1 })), true)]);
  await server.clock.pass(3_000);
  return { server, client, bar: () => client.sideBar.getSnapshot(), calls: () => server.calls.filter((c) => c.startsWith('GET /api/v1/users/me/channels')).length };
}

test('lines come from the list, unread from heads and reads', async () => {
  const { server, client, bar } = await shown();
  expect(bar()).toMatchObject({ loading: false, stale: false, failure: null });
  expect(bar().lines.map(({ unread, mentions, lastSeq, readSeq }) => ({ unread, mentions, lastSeq, readSeq }))).toEqual([{ unread: 2, mentions: 1, lastSeq: 9, readSeq: 7 }, { unread: 2, mentions: 1, lastSeq: 9, readSeq: 7 }]);
  const before = bar();
  server.line.handlers!.Heads([{ feed: `channels/${ids[0]}/messages`, epoch: 1, revision: 14, lastSeq: 12 }]);
  expect(bar().lines[0]).toMatchObject({ lastSeq: 12, unread: 5 });
  expect(bar().lines[1]).toBe(before.lines[1]);
  server.line.handlers!.Delta(delta(reads, 2, [{ channelId: ids[0], seq: 12, mentions: 0, revision: 3 } as Revised]));
  expect(bar().lines[0]).toMatchObject({ unread: 0, mentions: 0 });
  await client.dispose();
});

test('a direct channel says who is in it', async () => {
  const { server, client, bar } = await shown();
  const direct = '01920000-0000-7000-8000-00000000000d';
  const bob = '01920000-0000-7000-8000-000000000002';
  server.answers.set(`GET /api/v1/channels/${direct}`, { ...channelOf(direct, ''), kind: 'direct' });
  server.answers.set(`GET /api/v1/channels/${direct}/members`, { items: [me, bob].map((userId) => ({ channelId: direct, userId, role: 'member', joinedAt: '2026-01-01T00:00:00.000Z', left: false, revision: 1 })), next: null, feed: { feed: `channels/${direct}/members`, epoch: 1, revision: 1 } });
  server.line.handlers!.Delta(delta(channels, 2, [mine(direct, 3)]));
  await server.clock.pass(2_000);
  expect(bar().lines.map((l) => l.people)).toEqual([[], [], [bob]]);
  await client.dispose();
});

test('settings and leaving come by the own feed', async () => {
  const { server, client, bar } = await shown();
  server.line.handlers!.Delta(delta(channels, 2, [mine(ids[0], 3, { starred: true })]));
  expect(bar().lines[0]!.membership.starred).toBe(true);
  server.line.handlers!.Delta(delta(channels, 3, [mine(ids[1], 4, { left: true })]));
  expect(bar().lines.map((l) => l.channel.id)).toEqual([ids[0]]);
  await client.dispose();
});

test('a channel that one joins is looked at', async () => {
  const { server, client, bar } = await shown();
  const joined = '01920000-0000-7000-8000-00000000000c';
  server.answers.set(`GET /api/v1/channels/${joined}`, channelOf(joined, 'new'));
  server.line.handlers!.Delta(delta(channels, 2, [mine(joined, 3)]));
  await server.clock.pass(1_000);
  expect(bar().lines.map((l) => l.channel.name)).toEqual(['channel a', 'channel b', 'new']);
  await client.dispose();
});

test('a new name comes after the members head moved', async () => {
  const { server, client, bar } = await shown();
  server.line.handlers!.Heads([{ feed: `channels/${ids[0]}/members`, epoch: 1, revision: 5 }]);
  await server.clock.pass(1_000);
  expect(bar().lines.map((l) => l.channel.name)).toEqual(['renamed', 'channel b']);
  await client.dispose();
});

test('a call that fails leaves the last list, marked stale, until it comes', async () => {
  const { server, client, bar } = await shown();
  const before = bar().lines;
  server.answers.set(`GET /api/v1/channels/${ids[0]}`, 503);
  server.line.handlers!.Heads([{ feed: `channels/${ids[0]}/members`, epoch: 1, revision: 6 }]);
  await server.clock.pass(1_000);
  expect(bar()).toMatchObject({ stale: true, loading: false, failure: { status: 503 } });
  expect(bar().lines).toBe(before);
  server.answers.set(`GET /api/v1/channels/${ids[0]}`, channelOf(ids[0], 'renamed', 6));
  await server.clock.pass(5_000);
  expect(bar()).toMatchObject({ stale: false, failure: null });
  await client.dispose();
});

test('a first list that does not come is no empty list', async () => {
  const server = new PlayedServer();
  server.answers.set('GET /api/v1/users/me/channels', 503);
  const client = await server.started();
  client.sideBar.subscribe(() => undefined);
  await server.clock.pass(2_000);
  expect(client.sideBar.getSnapshot()).toMatchObject({ lines: [], loading: true, stale: true });
  server.answers.delete('GET /api/v1/users/me/channels');
  await server.clock.pass(5_000);
  expect(client.sideBar.getSnapshot()).toMatchObject({ lines: [], loading: false, stale: false });
  await client.dispose();
});

test('coming back asks for no list where nothing moved', async () => {
  const { server, client, calls } = await shown();
  const before = calls();
  server.line.handlers!.closed(new Error('cut'));
  await server.clock.pass(1_000);
  for (let i = 0; i < 3; i++) await server.answerSync();
  await server.clock.pass(5_000);
  await settle();
  expect(calls()).toBe(before);
  await client.dispose();
});
