import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../waiting.js';
import { Host } from './host.js';
import { People } from './people.js';

let host: Host;
const people = new People(() => host.address);
beforeAll(async () => void (host = await Host.start()));
afterAll(async () => {
  await people.dispose();
  await host.dispose();
});

const texts = (t: { entries: readonly { kind: string; message?: { text: string | null } }[] }) => t.entries.map((e) => (e.kind === 'message' ? e.message?.text : '…'));

test('two clients converse', async () => {
  const [ann, bob] = await Promise.all([people.join('ann'), people.join('bob')]);
  const channel = await ann.commands.createChannel({ kind: 'private', name: 'talk', memberIds: [bob.session.getSnapshot().user!.id] });
  const bobs = await until(bob.sideBar, (s) => s.lines.some((l) => l.channel.id === channel.id));
  expect(bobs.stale).toBe(false);
  const seen = until(bob.timeline(channel.id), (t) => texts(t).includes('Hello, Bob'));
  const shown = until(ann.timeline(channel.id), (t) => texts(t).includes('Hello, Bob') && t.outgoing.length === 0);
  ann.outbox.send(channel.id, { text: 'Hello, Bob' });
  await Promise.all([seen, shown]);
  bob.outbox.send(channel.id, { text: 'Hello, Ann' });
  const both = await until(ann.timeline(channel.id), (t) => t.messages.length === 2);
  expect(texts(both)).toEqual(['Hello, Bob', 'Hello, Ann']);
  await until(bob.connection, (c) => c.phase === 'live');
});
