import { expect, test } from 'vitest';
import type { User } from '../../src/index.js';
import { settle } from '../playedClock.js';
import { PlayedServer } from '../playedServer.js';

const id = (n: number) => `01920000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const user = (n: number, revision: number): User => ({ id: id(n), username: `u${n}`, displayName: `name ${n} as of ${revision}`, statusText: '', avatarFileId: null, active: true, revision });

async function started() {
  const server = new PlayedServer();
  let revision = 10;
  const ids: string[][] = [];
  server.answers.set('GET /api/v1/users', (query: URLSearchParams) => {
    ids.push(query.get('ids')!.split(','));
    return Response.json({ items: ids.at(-1)!.map((each) => user(Number.parseInt(each.slice(-4), 16), revision)), next: null, feed: { feed: 'users', epoch: 1, revision } });
  });
  const client = await server.started();
  await settle();
  const stands = async (at: number) => {
    server.line.answer({ heads: [{ feed: 'users', epoch: 1, revision: at }] });
    await settle();
  };
  return { server, client, ids, stands, grow: (to: number) => (revision = to) };
}

test('profiles that are asked for together are fetched together, and kept up to date', async () => {
  const { server, client, ids, stands } = await started();
  await stands(10);
  const stores = [1, 2, 3].map((n) => client.profile(id(n)));
  for (const store of stores) store.subscribe(() => undefined);
  expect(stores[0]).toBe(client.profile(id(1)));
  await server.clock.pass(20);
  expect(ids).toEqual([[id(1), id(2), id(3)]]);
  server.line.handlers!.Delta({ feed: 'users', epoch: 1, from: 10, to: 11, reset: false, floor: null, more: false, fence: null, items: [user(2, 11)] });
  expect(stores.map((s) => s.getSnapshot()?.revision)).toEqual([10, 11, 10]);
  await client.dispose();
});

test('an answer older than where the reader stands is asked for again', async () => {
  const { server, client, ids, stands, grow } = await started();
  await stands(12);
  const store = client.profile(id(1));
  store.subscribe(() => undefined);
  await server.clock.pass(20);
  expect(store.getSnapshot()).toBeNull();
  grow(12);
  await server.clock.pass(1_100);
  expect(store.getSnapshot()?.revision).toBe(12);
  expect(ids).toHaveLength(2);
  await client.dispose();
});

test('after an absence, profiles that are shown are fetched anew', async () => {
  const { server, client, ids, stands, grow } = await started();
  await stands(10);
  const store = client.profile(id(1));
  store.subscribe(() => undefined);
  await server.clock.pass(20);
  server.line.handlers!.closed(new Error('cut'));
  await server.clock.pass(1_000);
  expect(store.getSnapshot()?.revision).toBe(10);
  grow(20);
  await stands(20);
  await server.clock.pass(20);
  expect(store.getSnapshot()?.revision).toBe(20);
  expect(ids).toHaveLength(2);
  await client.dispose();
});
