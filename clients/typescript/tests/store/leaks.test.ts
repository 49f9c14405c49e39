import { expect, test } from 'vitest';
import { lingerMs } from '../../src/store/liveStore.js';
import { settle } from '../playedClock.js';
import { PlayedServer } from '../playedServer.js';

const channel = '01920000-0000-7000-8000-00000000000c';
const bob = '01920000-0000-7000-8000-000000000002';

test('100 mounts and unmounts of a whole page leave no timer, no listener and nothing watched', async () => {
  const server = new PlayedServer();
  const client = await server.started();
  for (let i = 0; i < 4; i++) await server.answerSync();
  let told = 0;
  for (let i = 0; i < 100; i++) {
    const stores = [client.sideBar, client.connection, client.session, client.outbox.messages, client.timeline(channel), client.thread(channel, bob), client.members(channel), client.profile(bob), client.presence(bob), client.typing(channel)];
    const leave = stores.map((store) => store.subscribe(() => told++));
    for (const store of stores) store.getSnapshot();
    if (i % 10 === 0) await server.answerSync();
    for (const each of leave) each();
  }
  await server.clock.pass(lingerMs + 1_000);
  for (let i = 0; i < 4; i++) await server.answerSync();
  await server.clock.pass(lingerMs);
  expect(server.clock.waiting).toBe(0);
  const heard = told;
  server.line.handlers!.Typing({ channelId: channel, userId: bob, until: '2026-01-01T00:00:00.000Z' });
  expect(told).toBe(heard);
  const lastLeft = server.line.said.filter(([method]) => method === 'Unwatch').flatMap(([, feeds]) => feeds as string[]);
  expect(lastLeft).toContain(`channels/${channel}/messages`);
  await client.dispose();
  expect(server.clock.waiting).toBe(0);
});

test('disposing in the midst of everything leaves nothing', async () => {
  const server = new PlayedServer();
  const client = await server.started();
  client.sideBar.subscribe(() => undefined);
  client.timeline(channel).subscribe(() => undefined);
  client.profile(bob).subscribe(() => undefined);
  client.presence(bob).subscribe(() => undefined);
  client.outbox.send(channel, { text: 'x' });
  server.line.handlers!.Typing({ channelId: channel, userId: bob, until: '2026-01-01T00:00:00.000Z' });
  expect(server.clock.waiting).toBeGreaterThan(0);
  await client.dispose();
  await settle();
  expect(server.clock.waiting).toBe(0);
  expect(server.line.closed).toBe(true);
});

test('removing one subscriber leaves the others, also of the same function', async () => {
  const server = new PlayedServer();
  const client = await server.started();
  let told = 0;
  const hear = () => told++;
  const leave = client.typing(channel).subscribe(hear);
  client.typing(channel).subscribe(hear);
  leave();
  leave();
  server.line.handlers!.Typing({ channelId: channel, userId: bob, until: '2026-01-01T00:00:00.000Z' });
  expect(told).toBe(1);
  await client.dispose();
});

test('a subscriber that throws keeps nobody from hearing', async () => {
  const server = new PlayedServer();
  const client = await server.started();
  let told = 0;
  client.typing(channel).subscribe(() => {
    throw new Error('mine');
  });
  client.typing(channel).subscribe(() => told++);
  server.line.handlers!.Typing({ channelId: channel, userId: bob, until: '2026-01-01T00:00:00.000Z' });
  expect(told).toBe(1);
  expect(server.logged.join()).toContain('mine');
  await client.dispose();
});
