import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChatApiError, databaseOutbox, memoryOutbox, UnreachableError, type Fence, type Id, type Message, type OutboxStorage, type OutgoingMessage } from '../../src/index.js';
import type { PostMessage } from '../../src/protocol/calls.js';
import { next, type Outcome } from '../../src/outbox/message.js';
import { Outbox } from '../../src/outbox/outbox.js';
import { uuidV7 } from '../../src/time/uuid.js';
import { channel, message } from '../feeds/history.js';
import { PlayedClock, settle } from '../playedClock.js';

const ann = '01920000-0000-7000-8000-000000000001';

/** An outbox whose server is the test. */
class Sender {
  readonly posts: { readonly body: PostMessage; readonly answer: (outcome: Message | Error) => void }[] = [];
  readonly outbox: Outbox;
  fence: Fence | null = null;
  #count = 0;

  constructor(storage: OutboxStorage, readonly clock = new PlayedClock()) {
    this.outbox = new Outbox({
      storage, clock: this.clock, chance: () => 0.5, backOff: { minMs: 200, maxMs: 10_000 }, logger: { log: () => undefined }, failed: (f) => { throw f; },
      makeId: () => uuidV7(this.clock.now() + this.#count++, (bytes) => bytes),
      membersOf: () => this.fence,
      post: (_, body) => new Promise((resolve, reject) => this.posts.push({ body, answer: (o) => (o instanceof Error ? reject(o) : resolve(o)) })),
      answers: () => () => undefined,
    });
  }

  get states(): [string, string][] {
    return this.outbox.messages.getSnapshot().map(({ text, state }) => [text, state.kind]);
  }

  async answer(outcome: Message | Error): Promise<void> {
    this.posts.shift()!.answer(outcome);
    await settle();
  }
}

const stored = (clientId: Id, seq = 1) => message(seq, seq, { authorId: ann, clientId });

describe.each([['memory', memoryOutbox], ['a database', () => databaseOutbox(`outbox${Math.random()}`, indexedDB)]] as const)('in %s', (_, makeStorage) => {
  test('messages of a channel go one after the other, with the same clientId until they are stored', async () => {
    const sender = new Sender(makeStorage());
    await sender.outbox.start(ann);
    sender.outbox.send(channel, { text: 'one' });
    sender.outbox.send(channel, { text: 'two' });
    await expect.poll(() => sender.posts.length).toBe(1);
    const first = sender.posts[0]!.body;
    await sender.answer(new UnreachableError('cut'));
    await sender.clock.pass(1_000);
    expect(sender.posts.map((p) => p.body)).toEqual([first]);
    await sender.answer(stored(first.clientId));
    await expect.poll(() => sender.posts.map((p) => p.body.text)).toEqual(['two']);
    expect(sender.states).toEqual([['one', 'sent'], ['two', 'pending']]);
    sender.outbox.dispose();
  });

  test('a message that waits survives a reload, with its clientId and its members position', async () => {
    const storage = makeStorage();
    const before = new Sender(storage);
    before.fence = { epoch: 1, revision: 7 };
    await before.outbox.start(ann);
    const sent = before.outbox.send(channel, { text: 'one', mentions: [ann] });
    await expect.poll(() => before.posts.length).toBe(1);
    const after = new Sender({ ...storage, close: () => undefined });
    await after.outbox.start(ann);
    await expect.poll(() => after.posts.length).toBe(1);
    expect(after.posts[0]!.body).toEqual({ clientId: sent.clientId, text: 'one', mentions: [ann], members: { epoch: 1, revision: 7 } });
    await after.answer(stored(sent.clientId));
    await expect.poll(async () => (await storage.load(ann)).length).toBe(0);
    before.outbox.dispose();
    after.outbox.dispose();
  });

  test('a refused message stays, through a reload, until it is retried or discarded', async () => {
    const storage = makeStorage();
    const sender = new Sender(storage);
    await sender.outbox.start(ann);
    const { clientId } = sender.outbox.send(channel, { text: 'one' });
    await expect.poll(() => sender.posts.length).toBe(1);
    await sender.answer(new ChatApiError(403, 'not_a_member', 'You are not a member.'));
    await expect.poll(() => sender.outbox.messages.getSnapshot()[0]!.state).toEqual({ kind: 'failed', reason: { code: 'not_a_member', detail: 'You are not a member.' } });
    await expect.poll(async () => (await storage.load(ann))[0]?.state.kind).toBe('failed');
    const after = new Sender(storage);
    await after.outbox.start(ann);
    expect(after.states).toEqual([['one', 'failed']]);
    expect(after.posts).toEqual([]);
    after.fence = { epoch: 1, revision: 9 };
    after.outbox.retry(clientId);
    await expect.poll(() => after.posts[0]?.body).toEqual({ clientId, text: 'one', members: { epoch: 1, revision: 9 } });
    after.outbox.discard(clientId);
    expect(after.states).toEqual([['one', 'pending']]);
    await after.answer(new ChatApiError(403, 'not_a_member', ''));
    await expect.poll(() => after.states).toEqual([['one', 'failed']]);
    after.outbox.discard(clientId);
    await expect.poll(async () => (await storage.load(ann)).length).toBe(0);
    expect(after.states).toEqual([]);
    after.outbox.dispose();
  });

  test('somebody else who signs in here gets none of it', async () => {
    const storage = makeStorage();
    const sender = new Sender(storage);
    await sender.outbox.start(ann);
    sender.outbox.send(channel, { text: 'one' });
    await expect.poll(async () => (await storage.load(ann)).length).toBe(1);
    const other = new Sender(storage);
    await other.outbox.start('01920000-0000-7000-8000-000000000002');
    expect(other.states).toEqual([]);
    sender.outbox.dispose();
  });
});

test('a storage that fails keeps nobody from sending', async () => {
  const broken = () => Promise.reject(new Error('quota'));
  const sender = new Sender({ load: broken, put: broken, delete: broken, close: () => undefined });
  await sender.outbox.start(ann);
  const { clientId } = sender.outbox.send(channel, { text: 'one' });
  await settle();
  await sender.answer(stored(clientId));
  expect(sender.states).toEqual([['one', 'sent']]);
  sender.outbox.dispose();
});

test('what the server asks to wait is waited', async () => {
  const sender = new Sender(memoryOutbox());
  await sender.outbox.start(ann);
  sender.outbox.send(channel, { text: 'one' });
  await settle();
  await sender.answer(new ChatApiError(429, 'rate_limited', '', 5_000));
  await sender.clock.pass(4_900);
  expect(sender.posts).toEqual([]);
  await sender.clock.pass(200);
  expect(sender.posts).toHaveLength(1);
  sender.outbox.dispose();
});

test('the echo makes it sent, and what is held is no longer on its way', async () => {
  const sender = new Sender(memoryOutbox());
  await sender.outbox.start(ann);
  const { clientId } = sender.outbox.send(channel, { text: 'one' });
  await settle();
  sender.outbox.came([message(1, 1, { clientId })]);
  expect(sender.states).toEqual([['one', 'pending']]);
  sender.outbox.came([stored(clientId)]);
  expect(sender.states).toEqual([['one', 'sent']]);
  sender.outbox.seen([stored(clientId)]);
  expect(sender.states).toEqual([]);
  await sender.answer(new ChatApiError(403, 'not_a_member', ''));
  expect(sender.states).toEqual([]);
  sender.outbox.dispose();
});

test('no sequence of outcomes unmakes a sent message or changes its clientId', () => {
  const pending: OutgoingMessage = { clientId: 'c', authorId: ann, channelId: channel, text: 'x', threadId: null, mentions: [], members: { epoch: 1, revision: 5 }, writtenAt: 0, state: { kind: 'pending' } };
  const outcome: fc.Arbitrary<Outcome> = fc.oneof(
    fc.constant<Outcome>({ kind: 'stored', message: stored('c') }),
    fc.constant<Outcome>({ kind: 'refused', reason: { code: 'x', detail: '' } }),
    fc.record({ kind: fc.constant('retry' as const), members: fc.option(fc.record({ epoch: fc.nat(2), revision: fc.nat(9) })) }),
  );
  fc.assert(
    fc.property(fc.array(outcome), (outcomes) => {
      let held = pending;
      for (const each of outcomes) {
        const after = next(held, each);
        expect(after.clientId).toBe('c');
        if (held.state.kind === 'sent') expect(after).toBe(held);
        const [before, now] = [held.members!, after.members!];
        expect(now.epoch > before.epoch || (now.epoch === before.epoch && now.revision >= before.revision)).toBe(true);
        held = after;
      }
    }),
  );
});

test('ids are UUIDv7: of their time, and different', () => {
  const id = uuidV7(Date.UTC(2026, 0, 1), (bytes) => bytes.fill(0xff));
  expect(id).toBe('019b76da-a800-7fff-bfff-ffffffffffff');
});
