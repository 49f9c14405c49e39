import { ChatApiError, SignedOutError } from '../api/refusal.js';
import { nameOf, type Logger } from '../logging.js';
import type { PostMessage } from '../protocol/calls.js';
import type { Fence, Id, Message } from '../protocol/entities.js';
import { ValueStore, type OnListenerFailure, type Store } from '../store/store.js';
import { backOffAfter, type BackOff } from '../time/backOff.js';
import type { Chance } from '../time/chance.js';
import { pause, type Clock } from '../time/clock.js';
import { next, type OutgoingMessage, type Outcome } from './message.js';
import type { OutboxStorage } from './storage.js';

export interface OutboxParts {
  readonly storage: OutboxStorage;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly backOff: BackOff;
  readonly logger: Logger;
  readonly failed: OnListenerFailure;
  readonly makeId: () => Id;
  readonly post: (channelId: Id, body: PostMessage) => Promise<Message>;
  /** The newest members position that this client knows of a channel. */
  readonly membersOf: (channelId: Id) => Fence | null;
  /** Called as a message is sent; what it gives takes the stored message that the server answers. */
  readonly answers: (channelId: Id) => (message: Message) => void;
}

/** What is to be said. */
export interface Draft {
  /** 1 to 16,000 code points. */
  readonly text: string;
  readonly threadId?: Id | null;
  /** At most 50 user ids. */
  readonly mentions?: readonly Id[];
}

/** How many sent messages are remembered until their delta comes. */
const sentKept = 200;

/**
 * Sends messages until the server has stored or refused them, whatever the network does; the same `clientId` goes out each time, so a message is never stored twice.
 * Messages of one channel go one after the other, in the order in which they were written.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #messages: ValueStore<readonly OutgoingMessage[]>;
  readonly #sending = new Set<Id>();
  readonly #stopped = new AbortController();
  #wake = new AbortController();
  #author: Id | null = null;
  #running = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#messages = new ValueStore<readonly OutgoingMessage[]>([], parts.failed);
    this.#stopped.signal.addEventListener('abort', () => this.#wake.abort());
  }

  /** Messages that are pending, failed, or sent and not seen in their channel yet, in the order in which they were written. */
  get messages(): Store<readonly OutgoingMessage[]> {
    return this.#messages;
  }

  /** Takes what an earlier page left, and sends from now on. */
  async start(author: Id): Promise<void> {
    this.#author = author;
    this.#running = true;
    const left = await this.#parts.storage.load(author).catch((failure: unknown) => {
      this.#parts.logger.log('warn', 'What waits to be sent could not be read.', { failure: nameOf(failure) });
      return [];
    });
    const held = new Set(this.#messages.getSnapshot().map((m) => m.clientId));
    const all = [...left.filter((m) => !held.has(m.clientId)), ...this.#messages.getSnapshot()];
    this.#messages.set(all.sort((a, b) => a.writtenAt - b.writtenAt || (a.clientId < b.clientId ? -1 : 1)));
    this.#sendAll();
  }

  /**
   * Takes a message; it is shown as pending at once, and kept.
   * @throws {SignedOutError} It is not known who writes: before `start`.
   */
  send(channelId: Id, draft: Draft): OutgoingMessage {
    if (!this.#author) throw new SignedOutError('It is not known yet who writes.');
    const message: OutgoingMessage = {
      clientId: this.#parts.makeId(),
      authorId: this.#author,
      channelId,
      text: draft.text,
      threadId: draft.threadId ?? null,
      mentions: draft.mentions ?? [],
      members: this.#parts.membersOf(channelId),
      writtenAt: this.#parts.clock.now(),
      state: { kind: 'pending' },
    };
    this.#messages.set([...this.#messages.getSnapshot(), message]);
    void this.#sendOf(channelId, this.#keep(message));
    return message;
  }

  /** Sends a failed message again, with the same `clientId`. */
  retry(clientId: Id): void {
    const message = this.#find(clientId);
    if (!message) return;
    const again = this.#happened(clientId, { kind: 'retry', members: this.#parts.membersOf(message.channelId) });
    if (again) void this.#sendOf(message.channelId, this.#keep(again));
  }

  /** Lets a failed message go. One that is pending may already be on its way, and stays. */
  discard(clientId: Id): void {
    if (this.#find(clientId)?.state.kind === 'failed') this.#remove(clientId);
  }

  /** The network is back: whoever waits tries now. */
  hurry(): void {
    this.#wake.abort();
  }

  /** Messages came: those of one's own are stored, whether the answer came or not. */
  came(messages: readonly Message[]): void {
    for (const message of messages) {
      if (message.authorId !== this.#author) continue;
      if (this.#happened(message.clientId, { kind: 'stored', message })) void this.#forget(message.clientId);
    }
  }

  /** Messages are held in their channel now: they need not be shown as on their way. */
  seen(messages: readonly Message[]): void {
    const shown = new Set(messages.filter((m) => m.authorId === this.#author).map((m) => m.clientId));
    const rest = this.#messages.getSnapshot().filter((m) => !shown.has(m.clientId));
    if (rest.length < this.#messages.getSnapshot().length) this.#messages.set(rest);
  }

  dispose(): void {
    this.#running = false;
    this.#stopped.abort();
    this.#messages.dispose();
    this.#parts.storage.close();
  }

  #sendAll(): void {
    for (const channelId of new Set(this.#messages.getSnapshot().map((m) => m.channelId))) void this.#sendOf(channelId, Promise.resolve());
  }

  async #sendOf(channelId: Id, kept: Promise<void>): Promise<void> {
    await kept;
    if (this.#sending.has(channelId)) return;
    this.#sending.add(channelId);
    try {
      for (let failures = 0; this.#running; ) {
        const message = this.#messages.getSnapshot().find((m) => m.channelId === channelId && m.state.kind === 'pending');
        if (!message) return;
        const waitMs = await this.#try(message, failures);
        failures = waitMs === null ? 0 : failures + 1;
        if (waitMs !== null) await this.#wait(waitMs);
      }
    } finally {
      this.#sending.delete(channelId);
    }
  }

  /** One try; null when there is nothing to wait for, else how long to wait. */
  async #try({ clientId, channelId, text, threadId, mentions, members }: OutgoingMessage, failures: number): Promise<number | null> {
    const { backOff, chance, logger, post, answers } = this.#parts;
    const take = answers(channelId);
    try {
      const message = await post(channelId, { clientId, text, ...(threadId ? { threadId } : {}), ...(mentions.length > 0 ? { mentions } : {}), ...(members ? { members } : {}) });
      this.#happened(clientId, { kind: 'stored', message });
      await this.#forget(clientId);
      take(message);
      return null;
    } catch (failure) {
      const wait = backOffAfter(failures, backOff, chance);
      if (failure instanceof ChatApiError && !failure.isPassing) {
        logger.log('info', 'A message was refused.', { clientId, code: failure.code });
        const refused = this.#happened(clientId, { kind: 'refused', reason: { code: failure.code, detail: failure.detail } });
        if (refused) await this.#keep(refused);
        return null;
      }
      // Nobody knows whether it was stored: the same clientId asks again.
      logger.log('debug', 'A message could not be sent now.', { clientId, failure: nameOf(failure) });
      return failure instanceof ChatApiError && failure.retryAfterMs !== null ? Math.max(failure.retryAfterMs, wait) : wait;
    }
  }

  async #wait(ms: number): Promise<void> {
    if (this.#wake.signal.aborted && this.#running) this.#wake = new AbortController();
    await pause(this.#parts.clock, ms, this.#wake.signal);
  }

  #find(clientId: Id): OutgoingMessage | undefined {
    return this.#messages.getSnapshot().find((m) => m.clientId === clientId);
  }

  /** The message as it is then; null when nothing changed. */
  #happened(clientId: Id, outcome: Outcome): OutgoingMessage | null {
    const before = this.#find(clientId);
    const after = before && next(before, outcome);
    if (!after || after === before) return null;
    this.#messages.set(withoutOldSent(this.#messages.getSnapshot().map((m) => (m === before ? after : m))));
    return after;
  }

  #remove(clientId: Id): void {
    this.#messages.set(this.#messages.getSnapshot().filter((m) => m.clientId !== clientId));
    void this.#forget(clientId);
  }

  #keep(message: OutgoingMessage): Promise<void> {
    return this.#parts.storage.put(message).catch((failure: unknown) => this.#parts.logger.log('warn', 'A message could not be kept for a reload.', { failure: nameOf(failure) }));
  }

  #forget(clientId: Id): Promise<void> {
    return this.#parts.storage.delete(clientId).catch((failure: unknown) => this.#parts.logger.log('warn', 'A sent message could not be let go.', { failure: nameOf(failure) }));
  }
}

function withoutOldSent(messages: readonly OutgoingMessage[]): readonly OutgoingMessage[] {
  let surplus = messages.filter((m) => m.state.kind === 'sent').length - sentKept;
  return surplus <= 0 ? messages : messages.filter((m) => m.state.kind !== 'sent' || surplus-- <= 0);
}

