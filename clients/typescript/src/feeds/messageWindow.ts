import type { MessagePage } from '../protocol/calls.js';
import type { Message, Position } from '../protocol/entities.js';
import type { Delta } from '../protocol/sync.js';
import type { Holding } from './holding.js';
import { lastSeqOf, replaced, updated, upserted, type Messages } from './messages.js';

/** What came of a page: it joined; it was read before what is held, ask again; or it does not touch what is held. */
export type Joining = 'joined' | 'older' | 'apart';

/** Where a reader stood when it asked for a page, and when it was last reset. */
export interface Asked {
  readonly position: Position;
  readonly lastReset: number;
}

/** The part of a place in history that does not reach the newest message, read by pages. */
export interface Excerpt {
  readonly messages: Messages;
  /** Everything from this seq on, up to the last of `messages`, is held. */
  readonly floor: number;
}

/** How many of the newest messages are kept while an excerpt is shown. */
const besideExcerpt = 200;

/**
 * The messages of a channel that are held: everything from the `floor` on; and at most one excerpt of older history, which deltas keep up to date.
 * Bounded: beyond `limit` messages the floor rises, or the excerpt loses its far end.
 */
export class MessageWindow implements Holding<Message> {
  #messages: Messages = [];
  #floor = 1;
  #epoch = 0;
  #excerpt: Excerpt | null = null;
  #strays: Map<string, Message> | null = null;

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

  reset(delta: Delta<Message>): void {
    this.#messages = replaced(this.#messages, delta.items, delta.epoch === this.#epoch);
    this.#epoch = delta.epoch;
    this.#floor = delta.floor ?? 1;
    this.#excerpt = null;
    this.#strays?.clear();
  }

  upsert(items: readonly Message[]): void {
    this.#messages = upserted(this.#messages, items, this.#floor);
    if (this.#excerpt) this.#excerpt = { ...this.#excerpt, messages: updated(this.#excerpt.messages, items) };
    if (this.#strays) for (const item of items) this.#strays.set(item.id, item);
    this.trim();
  }

  /** Takes the answer to a command: it updates what is held, if it is newer, and adds nothing. */
  update(message: Message): boolean {
    const [messages, excerpt] = [this.#messages, this.#excerpt?.messages];
    this.#messages = updated(this.#messages, [message]);
    if (this.#excerpt) this.#excerpt = { ...this.#excerpt, messages: updated(this.#excerpt.messages, [message]) };
    return messages !== this.#messages || excerpt !== this.#excerpt?.messages;
  }

  clear(): void {
    this.#messages = [];
    this.#floor = 1;
    this.#epoch = 0;
    this.#excerpt = null;
    this.#strays?.clear();
  }

  /** A page is asked for: from now on what changes below the floor is remembered, since the page may have been read before it. */
  expectPage(): void {
    this.#strays ??= new Map();
  }

  /** The page came, or never will. */
  forgetStrays(): void {
    this.#strays = null;
  }

  /** A page that ends right below the floor lowers it. */
  joinOlder(page: MessagePage, asked: Asked, lastReset: number): Joining {
    const joining = this.#judge(page, asked, lastReset);
    if (joining !== 'joined') return joining;
    const { messages, floor } = this.#excerpt ?? { messages: this.#messages, floor: this.#floor };
    if (page.items.length > 0 && lastSeqOf(page.items) !== floor - 1) return 'apart';
    const older = this.#current(page.items);
    const lower = older[0]?.seq ?? 1;
    this.#show(upserted(messages, older, lower), lower, 'oldest');
    return 'joined';
  }

  /** A page that begins right above the excerpt makes it longer; where it reaches the floor the two become one. */
  joinNewer(page: MessagePage, asked: Asked, lastReset: number): Joining {
    const joining = this.#judge(page, asked, lastReset);
    if (joining !== 'joined') return joining;
    const excerpt = this.#excerpt;
    if (!excerpt || (page.items.length > 0 && page.items[0]!.seq !== lastSeqOf(excerpt.messages) + 1)) return 'apart';
    this.#show(upserted(excerpt.messages, this.#current(page.items), excerpt.floor), excerpt.floor, 'newest');
    return 'joined';
  }

  /** A page somewhere in the history becomes the excerpt. */
  visit(page: MessagePage, asked: Asked, lastReset: number): Joining {
    const joining = this.#judge(page, asked, lastReset);
    if (joining !== 'joined') return joining;
    this.#excerpt = null;
    const items = this.#current(page.items);
    if (items.length > 0) this.#show(items, items[0]!.seq, 'oldest');
    return 'joined';
  }

  /** Lets the excerpt go: what is shown is the newest again. */
  leaveExcerpt(): void {
    this.#excerpt = null;
  }

  /** Beyond its limit the window lets its oldest messages go, a fifth of them at once, and its floor rises. */
  trim(): void {
    if (this.#messages.length > this.limit) this.#keepNewest(Math.floor(this.limit * 0.8));
  }

  /** Shows messages that touch what is held as one with it, if they fit or their newest end matters, and else as an excerpt. */
  #show(messages: Messages, floor: number, matters: 'oldest' | 'newest'): void {
    const touches = lastSeqOf(messages) >= this.#floor - 1;
    const joined = touches ? upserted(messages, this.#messages, floor) : messages;
    if (touches && (joined.length <= this.limit || matters === 'newest')) {
      const lower = Math.min(floor, this.#floor);
      this.#messages = joined.slice(-this.limit);
      this.#floor = joined.length > this.limit ? this.#messages[0]!.seq : lower;
      this.#excerpt = null;
      return;
    }
    const shown = matters === 'oldest' ? joined.slice(0, this.limit) : joined.slice(-this.limit);
    this.#excerpt = { messages: shown, floor: joined.length > this.limit && matters === 'newest' ? shown[0]!.seq : floor };
    this.#keepNewest(besideExcerpt);
  }

  #keepNewest(count: number): void {
    if (this.#messages.length <= count) return;
    this.#messages = this.#messages.slice(-count);
    this.#floor = this.#messages[0]!.seq;
  }

  #judge({ feed }: MessagePage, asked: Asked, lastReset: number): Joining {
    if (feed.epoch !== this.#epoch || feed.revision < lastReset || feed.revision < asked.position.revision || asked.position.epoch !== this.#epoch) return 'older';
    return 'joined';
  }

  #current(items: readonly Message[]): Messages {
    return this.#strays ? updated(items, [...this.#strays.values()]) : items;
  }
}
