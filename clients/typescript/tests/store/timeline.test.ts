import { expect, test } from 'vitest';
import type { ChatClient, Delta, Message, Timeline } from '../../src/index.js';
import { channel, feed, message, Owner } from '../feeds/history.js';
import { settle } from '../playedClock.js';
import { me, PlayedServer } from '../playedServer.js';

interface Shown {
  readonly server: PlayedServer;
  readonly client: ChatClient;
  readonly owner: Owner;
  readonly timeline: Timeline;
}

/** A channel with a past, its newest 50 messages shown. */
async function shown(past: number, windowSize = 400): Promise<Shown> {
  const [server, owner] = [new PlayedServer(), new Owner()];
  for (let i = 0; i < past; i++) owner.post();
  server.answers.set(`GET /api/v1/channels/${channel}/messages`, (query: URLSearchParams) => {
    const limit = Number(query.get('limit'));
    const around = query.get('around');
    const after = query.get('after');
    return Response.json(owner.page(around ? Number(around) + limit / 2 : after ? Number(after) + limit + 1 : Number(query.get('before')), limit));
  });
  const client = await server.started({ windowSize });
  const timeline = client.timeline(channel);
  timeline.subscribe(() => undefined);
  await settle();
  for (let i = 0; i < 3; i++) await server.answerSync([owner.since(0, 0, 50)]);
  return { server, client, owner, timeline };
}

const seqs = (timeline: Timeline) => [timeline.getSnapshot().messages[0]?.seq, timeline.getSnapshot().messages.at(-1)?.seq];
const keys = (timeline: Timeline) => timeline.getSnapshot().entries.map((entry) => entry.key);

test('a message is shown once, under one key, from pending to stored, in either order of answer and echo', async () => {
  for (const echoFirst of [true, false]) {
    const { server, client, owner, timeline } = await shown(3);
    let answer = (_: Message) => undefined as void;
    server.answers.set(`POST /api/v1/channels/${channel}/messages`, () => new Promise<Response>((resolve) => (answer = (m) => resolve(Response.json(m)))));
    const states: string[] = [];
    const { clientId } = client.outbox.send(channel, { text: 'mine' });
    const key = `${me}/${clientId}`;
    timeline.subscribe(() => states.push(keys(timeline).filter((k) => k === key).length === 1 ? 'once' : 'not once'));
    await settle();
    expect(keys(timeline).at(-1)).toBe(key);
    const delta: Delta<Message> = { ...owner.post(), items: [message(4, 4, { authorId: me, clientId })] };
    const steps = [() => server.line.handlers!.Delta(delta), () => answer(delta.items[0]!)];
    for (const step of echoFirst ? steps : steps.reverse()) {
      step();
      await settle();
      expect(keys(timeline).filter((k) => k === key)).toHaveLength(1);
      expect(timeline.getSnapshot().entries).toHaveLength(4);
    }
    expect(new Set(states)).toEqual(new Set(['once']));
    expect(timeline.getSnapshot()).toMatchObject({ outgoing: [], lastSeq: 4 });
    await client.dispose();
  }
});

test('what does not change stays the same object', async () => {
  const { server, client, owner, timeline } = await shown(20);
  const before = timeline.getSnapshot();
  expect(timeline.getSnapshot()).toBe(before);
  server.line.handlers!.Delta(owner.edit(7));
  const after = timeline.getSnapshot();
  expect(after).not.toBe(before);
  expect(after.entries.filter((entry, i) => entry !== before.entries[i])).toHaveLength(1);
  client.outbox.send('01920000-0000-7000-8000-00000000000d', { text: 'elsewhere' });
  expect(timeline.getSnapshot().entries).toBe(after.entries);
  await client.dispose();
});

test('older messages join page by page, down to the first', async () => {
  const { client, timeline } = await shown(220);
  expect(timeline.getSnapshot()).toMatchObject({ floor: 171, hasOlder: true });
  expect(await timeline.loadOlder()).toBe(true);
  expect(seqs(timeline)).toEqual([71, 220]);
  expect(await timeline.loadOlder()).toBe(true);
  expect(timeline.getSnapshot()).toMatchObject({ floor: 1, hasOlder: false });
  expect(await timeline.loadOlder()).toBe(false);
  expect(seqs(timeline)).toEqual([1, 220]);
  await client.dispose();
});

test('the window is bounded: its floor rises as messages come', async () => {
  const { server, client, owner, timeline } = await shown(20);
  for (let i = 0; i < 2_000; i++) server.line.handlers!.Delta(owner.post());
  const { messages, floor } = timeline.getSnapshot();
  expect(messages.length).toBeLessThanOrEqual(400);
  expect(floor).toBe(messages[0]!.seq);
  expect(messages.at(-1)!.seq).toBe(2_020);
  await client.dispose();
});

test('scrolling far back shows an excerpt that is bounded too, and leads back to the newest', async () => {
  const { server, client, owner, timeline } = await shown(2_000);
  for (let i = 0; i < 12; i++) expect(await timeline.loadOlder()).toBe(true);
  expect(timeline.getSnapshot()).toMatchObject({ hasNewer: true, hasOlder: true, lastSeq: 2_000 });
  expect(timeline.getSnapshot().messages.length).toBeLessThanOrEqual(400);
  expect(seqs(timeline)[0]).toBe(751);
  server.line.handlers!.Delta(owner.edit(760));
  expect(timeline.getSnapshot().messages.find((m) => m.seq === 761)!.revision).toBe(2_001);
  while (timeline.getSnapshot().hasNewer) expect(await timeline.loadNewer()).toBe(true);
  expect(seqs(timeline)[1]).toBe(2_000);
  expect(timeline.getSnapshot().messages).toHaveLength(400);
  await client.dispose();
});

test('a far place is visited, and left', async () => {
  const { client, timeline } = await shown(2_000);
  expect(await timeline.visit(500)).toBe(true);
  expect(timeline.getSnapshot().messages.some((m) => m.seq === 500)).toBe(true);
  expect(timeline.getSnapshot().hasNewer).toBe(true);
  timeline.goToNewest();
  expect(seqs(timeline)).toEqual([1_951, 2_000]);
  expect(await timeline.visit(1_960)).toBe(true);
  expect(timeline.getSnapshot().hasNewer).toBe(false);
  await client.dispose();
});

test('a page that does not come says why, and changes nothing', async () => {
  const { server, client, timeline } = await shown(220);
  const before = timeline.getSnapshot().messages;
  server.up = false;
  expect(await timeline.loadOlder()).toBe(false);
  expect(timeline.getSnapshot()).toMatchObject({ loading: null, failure: { name: 'UnreachableError' } });
  expect(timeline.getSnapshot().messages).toBe(before);
  server.up = true;
  expect(await timeline.loadOlder()).toBe(true);
  expect(timeline.getSnapshot().failure).toBeNull();
  await client.dispose();
});

test('a removal is shown as denied, with what was held', async () => {
  const { server, client, timeline } = await shown(20);
  server.line.handlers!.Dropped([feed]);
  await settle();
  server.line.answer({ denied: [feed] });
  await settle();
  expect(timeline.getSnapshot()).toMatchObject({ continuity: 'denied', lastSeq: 20 });
  await client.dispose();
});

test('a channel that one comes back to is still there, and synced since where it stood', async () => {
  const { server, client } = await shown(20);
  const timeline = client.timeline('01920000-0000-7000-8000-00000000000d');
  const leave = timeline.subscribe(() => undefined);
  await server.answerSync();
  leave();
  await server.clock.pass(6_000);
  await server.answerSync();
  timeline.subscribe(() => undefined);
  await settle();
  expect(server.line.asked).toEqual([{ feed: `channels/${timeline.channelId}/messages`, epoch: 1, revision: 0, mode: 'live' }]);
  await client.dispose();
});
