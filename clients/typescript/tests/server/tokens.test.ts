import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryTokens, type Cause } from '../../src/index.js';
import { until } from '../waiting.js';
import { Host } from './host.js';
import { People } from './people.js';

let host: Host;
const people = new People(() => host.address);
beforeAll(async () => void (host = await Host.start({ ChatGenius__AccessTokenLifetime: '00:00:12', ChatGenius__Realtime__ExpiryNotice: '00:00:06', ChatGenius__Realtime__ExpiryGrace: '00:00:02' })));
afterAll(async () => {
  await people.dispose();
  await host.dispose();
});

test('a connection outlives its first token', async () => {
  const changes: (Cause | null)[] = [];
  const storage = memoryTokens();
  const ann = await people.join('ann', { tokens: storage, logger: { log: (_, message, facts) => void (message === 'The connection changed.' && facts?.['to'] === 'offline' && changes.push(facts['cause'] as Cause)) } });
  const channel = await ann.commands.createChannel({ kind: 'private', name: 'long' });
  const timeline = ann.timeline(channel.id);
  const stop = timeline.subscribe(() => undefined);
  const first = storage.load()!;
  await expect.poll(() => Date.now() > first.expiresAt + 3_000, { timeout: 20_000 }).toBe(true);
  expect(storage.load()!.access).not.toBe(first.access);
  ann.outbox.send(channel.id, { text: 'still here' });
  await until(timeline, (t) => t.messages.length === 1);
  expect(changes).toEqual([]);
  stop();
});

test('two clients of one session share its renewals', async () => {
  const storage = memoryTokens();
  const one = await people.join('twin', { tokens: storage });
  const two = people.again(storage);
  await two.start();
  const ends = storage.load()!.expiresAt;
  await expect.poll(() => Date.now() > ends + 3_000, { timeout: 20_000 }).toBe(true);
  await Promise.all([one.api.me(), two.api.me()]);
  for (const client of [one, two]) expect((await until(client.connection, (c) => c.phase === 'live')).phase).toBe('live');
});
