import type { MessagePage } from '../protocol/calls.js';
import type { Message } from '../protocol/entities.js';
import type { Delta } from '../protocol/sync.js';
import type { Holding } from './holding.js';
import { isNewer } from './keys.js';
import { lastSeqOf, replaced, updated, upserted, type Messages } from './messages.js';

/** What came of a page: it joined; it was read before something that is known, ask again; or it does not touch what is held. */
export type Joining = 'joined' | 'older' | 'apart';

/** A part of the history that does not reach the newest message, read by pages. */
export interface Excerpt {
  readonly messages: Messages;
  /** Everything from this seq on, up to the last of `messages`, is held. */
  readonly floor: number;
}

/** How many of the newest messages are kept while an excerpt is shown. */
const besideExcerpt = 200;

/** How many changed messages from elsewhere in the history are kept, for pages that are older than the changes. */
const straysKept = 500;

/**
 * The messages of a channel that are held: everything from the `floor` on; and at most one excerpt of older history. Deltas keep both up to date.
 * Bounded: beyond `limit` messages the floor rises, or the excerpt loses its far end.
 */
export class MessageWindow implements Holding<Message> {
  #messages: Messages = [];
  #floor = 1;
  #epoch = 0;
  #excerpt: Excerpt | null = null;
  readonly #strays = new Map<number, Message>();
  #forgotten = 0;

  /** @param limit How many messages are held at most; at least 400, twice what one page brings. */
  constructor(private readonly limit: number) {}

  /** Everything from the floor on, in the order of seqs. */
  get messages(): Messages {
    return this.#messages;
  }

  /** The seq from which everything is held; 1 means the whole channel. */
  get floor(): number {
    return this.#floor;
  }

  get excerpt(): Excerpt | null {
    return this.#excerpt;
  }

  /** Changed messages that belong nowhere yet: a page that is older than the change may bring their places. */
  get strays(): Iterable<Message> {
    return this.#strays.values();
  }

  reset(delta: Delta<Message>): void {
    this.#messages = replaced(this.#messages, delta.items, delta.epoch === this.#epoch);
    this.#epoch = delta.epoch;
    this.#floor = delta.floor ?? 1;
    this.#excerpt = null;
    this.#strays.clear();
    this.#forgotten = 0;
  }

  upsert(items: readonly Message[]): void {
    this.#messages = upserted(this.#messages, items, this.#floor);
    if (this.#excerpt) this.#excerpt = { ...this.#excerpt, messages: updated(this.#excerpt.messages, items) };
    for (const item of items) if (item.seq < this.#floor && !this.#isInExcerpt(item.seq)) this.#stray(item);
    if (this.#messages.length > this.limit) this.#keepNewest(Math.floor(this.limit * 0.8));
  }

  /** Takes the answer to a command: it updates what is held, if it is newer, and adds nothing. */
  update(message: Message): boolean {
    const [messages, excerpt] = [this.#messages, this.#excerpt?.messages];
    this.#messages = updated(this.#messages, [message]);
    if (this.#excerpt) this.#excerpt = { ...this.#excerpt, messages: updated(this.#excerpt.messages, [message]) };
    if (this.#strays.has(message.seq)) this.#stray(message);
    return messages !== this.#messages || excerpt !== this.#excerpt?.messages;
  }

  clear(): void {
    this.#messages = [];
    this.#floor = 1;
    this.#epoch = 0;
    this.#excerpt = null;
    this.#strays.clear();
    this.#forgotten = 0;
  }

  /** A page that touches what is shown from below makes it longer. */
  joinOlder(page: MessagePage, lastReset: number): Joining {
    if (!this.#isCurrent(page, lastReset)) return 'older';
    const { messages, floor } = this.#excerpt ?? { messages: this.#messages, floor: this.#floor };
    const items = page.items.filter((item) => item.seq < floor);
    if (lastSeqOf(items) !== floor - 1 || items.length === 0) return 'apart';
    this.#show(upserted(messages, this.#taken(items), 1), items[0]!.seq, 'oldest');
    return 'joined';
  }

  /** A page that begins right above the excerpt makes it longer; where it reaches the floor the two become one. */
  joinNewer(page: MessagePage, lastReset: number): Joining {
    if (!this.#isCurrent(page, lastReset)) return 'older';
    const excerpt = this.#excerpt;
    if (!excerpt || page.items[0]?.seq !== lastSeqOf(excerpt.messages) + 1) return 'apart';
    this.#show(upserted(excerpt.messages, this.#taken(this.#below(page)), 1), excerpt.floor, 'newest');
    return 'joined';
  }

  /** A page somewhere in the history becomes the excerpt. */
  visit(page: MessagePage, lastReset: number): Joining {
    if (!this.#isCurrent(page, lastReset)) return 'older';
    // The excerpt that goes may know a change that the page is older than.
    const items = updated(this.#below(page), this.#excerpt?.messages ?? []);
    this.leaveExcerpt();
    if (items.length > 0) this.#show(this.#taken(items), items[0]!.seq, 'oldest');
    return 'joined';
  }

  /** Lets the excerpt go: what is shown is the newest again. */
  leaveExcerpt(): void {
    if (this.#excerpt) this.#forget(this.#excerpt.messages);
    this.#excerpt = null;
  }

  /** Shows messages that touch what is held as one with it, if they fit or their newest end matters, and else as an excerpt. */
  #show(messages: Messages, floor: number, matters: 'oldest' | 'newest'): void {
    const touches = lastSeqOf(messages) >= this.#floor - 1;
    const joined = touches ? upserted(messages, this.#messages, floor) : messages;
    if (touches && (joined.length <= this.limit || matters === 'newest')) {
      this.#excerpt = null;
      this.#messages = joined;
      this.#floor = Math.min(floor, this.#floor);
      this.#keepNewest(this.limit);
      return;
    }
    const shown = matters === 'oldest' ? joined.slice(0, this.limit) : joined.slice(-this.limit);
    this.#forget(matters === 'oldest' ? joined.slice(this.limit) : joined.slice(0, -this.limit));
    this.#excerpt = { messages: shown, floor: shown.length < joined.length && matters === 'newest' ? shown[0]!.seq : floor };
    this.#keepNewest(besideExcerpt);
  }

  #keepNewest(count: number): void {
    if (this.#messages.length <= count) return;
    this.#forget(this.#messages.slice(0, -count));
    this.#messages = this.#messages.slice(-count);
    this.#floor = this.#messages[0]!.seq;
  }

  #isInExcerpt(seq: number): boolean {
    return this.#excerpt !== null && seq >= this.#excerpt.floor && seq <= lastSeqOf(this.#excerpt.messages);
  }

  #isCurrent({ feed }: MessagePage, lastReset: number): boolean {
    return feed.epoch === this.#epoch && feed.revision >= lastReset && feed.revision >= this.#forgotten;
  }

  // What is at the floor or above comes by deltas alone.
  #below(page: MessagePage): Messages {
    return page.items.filter((item) => item.seq < this.#floor);
  }

  /** A page's items, newer where a change is known. */
  #taken(items: readonly Message[]): Messages {
    const taken = updated(items, [...this.#strays.values()]);
    for (const { seq } of items) this.#strays.delete(seq);
    return taken;
  }

  #stray(message: Message): void {
    if (!isNewer(message, this.#strays.get(message.seq))) return;
    this.#strays.delete(message.seq);
    this.#strays.set(message.seq, message);
    for (const oldest of this.#strays.values()) {
      if (this.#strays.size <= straysKept) break;
      this.#strays.delete(oldest.seq);
      this.#forget([oldest]);
    }
  }

  // A page that was read before a change which is known no more would bring back what was there before it.
  #forget(messages: Messages): void {
    for (const { revision } of messages) this.#forgotten = Math.max(this.#forgotten, revision);
  }
}
