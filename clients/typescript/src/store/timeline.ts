import type { ChatApi, PlaceInHistory } from '../api/chatApi.js';
import type { Joining } from '../feeds/messageWindow.js';
import { MessageWindow } from '../feeds/messageWindow.js';
import { lastSeqOf, type Messages } from '../feeds/messages.js';
import { FeedView, type Continuity } from '../feeds/view.js';
import type { Outbox } from '../outbox/outbox.js';
import type { OutgoingMessage } from '../outbox/message.js';
import type { MessagePage } from '../protocol/calls.js';
import type { Id, Message } from '../protocol/entities.js';
import { feedNames } from '../protocol/feedNames.js';
import type { SyncDesk } from '../syncing/desk.js';
import { pause } from '../time/clock.js';
import { Entries, unseen, type TimelineEntry } from './entries.js';
import { LiveStore, type LiveStoreParts } from './liveStore.js';

export interface TimelineParts extends LiveStoreParts {
  readonly desk: SyncDesk;
  readonly api: ChatApi;
  readonly outbox: Outbox;
  readonly me: () => Id | null;
  /** How many messages are held at most. */
  readonly windowSize: number;
}

export interface TimelineSnapshot {
  readonly channelId: Id;
  /** What is shown, oldest first: stored messages without a hole, replies and tombstones included, then what is on its way. */
  readonly entries: readonly TimelineEntry[];
  /** The stored ones among them. */
  readonly messages: Messages;
  /** What is on its way, or was refused. */
  readonly outgoing: readonly OutgoingMessage[];
  /** The seq of the first message shown; 1 when there is nothing before it. */
  readonly floor: number;
  readonly hasOlder: boolean;
  /** True while an excerpt of older history is shown: the newest messages are elsewhere. */
  readonly hasNewer: boolean;
  /** The seq of the newest message that this client knows of, shown or not; 0 when there is none. */
  readonly lastSeq: number;
  readonly loading: 'older' | 'newer' | 'visit' | null;
  /** Why the last page did not come; null when it did. */
  readonly failure: unknown;
  /** `unknown` until the first messages came; `denied` when the channel may not be read (any more). */
  readonly continuity: Continuity;
}

const pageSize = 100;
const againMs = 200;
const attempts = 10;

/** The messages of a channel: held by the reader's rule while somebody is subscribed, older ones by pages, one's own from the moment they are written. */
export class Timeline extends LiveStore<TimelineSnapshot> {
  readonly view: FeedView<Message, MessageWindow>;
  readonly entries: Entries;
  readonly #parts: TimelineParts;
  #loading: TimelineSnapshot['loading'] = null;
  #failure: unknown = null;

  constructor(
    readonly channelId: Id,
    parts: TimelineParts,
  ) {
    super(parts);
    this.#parts = parts;
    this.entries = new Entries(parts.me, parts.windowSize);
    this.view = new FeedView(feedNames.messages(channelId), new MessageWindow(parts.windowSize), (applied) => {
      for (const delta of applied) parts.outbox.seen(delta.items);
      this.changed();
    });
  }

  /** Brings older messages than those shown. Resolves to false when none came; `failure` says why. */
  loadOlder(limit = pageSize): Promise<boolean> {
    const { holding } = this.view;
    if (!this.getSnapshot().hasOlder) return Promise.resolve(false);
    return this.#load('older', () => ({ before: (holding.excerpt ?? holding).floor, limit }), (page) => holding.joinOlder(page, this.view.lastReset));
  }

  /** Brings newer messages than those shown, while an excerpt is. */
  loadNewer(limit = pageSize): Promise<boolean> {
    const { holding } = this.view;
    if (!holding.excerpt) return Promise.resolve(false);
    return this.#load('newer', () => ({ after: lastSeqOf(holding.excerpt?.messages ?? holding.messages), limit }), (page) => holding.joinNewer(page, this.view.lastReset));
  }

  /** Shows the place of a message. Nothing is loaded when it is shown already. */
  visit(seq: number, limit = pageSize): Promise<boolean> {
    const { holding } = this.view;
    if (seq >= holding.floor && !holding.excerpt) return Promise.resolve(true);
    return this.#load('visit', () => ({ around: seq, limit }), (page) => holding.visit(page, this.view.lastReset));
  }

  /** Shows the newest messages again. */
  goToNewest(): void {
    this.view.holding.leaveExcerpt();
    this.changed();
  }

  /** Takes the answer to a command: it updates what is held, if it is newer. */
  take(message: Message): void {
    if (this.view.holding.update(message)) this.changed();
  }

  /** The caller reacted, or took a reaction back. */
  reacted(id: Id, emoji: string, yes: boolean): void {
    this.entries.reacted(id, emoji, yes);
    this.changed();
  }

  protected activate(): () => void {
    const stop = [this.#parts.desk.watch(this.view.feed, this.view), this.#parts.outbox.messages.subscribe(() => this.changed())];
    return () => stop.forEach((each) => each());
  }

  protected build(before: TimelineSnapshot | undefined): TimelineSnapshot {
    const { holding, continuity } = this.view;
    const shown = holding.excerpt ?? holding;
    const { messages } = shown;
    const outgoing = holding.excerpt ? [] : unseen(this.#parts.outbox.messages.getSnapshot().filter((o) => o.channelId === this.channelId), holding.messages);
    const same = before !== undefined && before.messages === messages && sameItems(before.outgoing, outgoing);
    const entries = this.entries.of(messages, outgoing);
    return {
      channelId: this.channelId,
      entries: before && sameItems(before.entries, entries) ? before.entries : entries,
      messages,
      outgoing: same ? before.outgoing : outgoing,
      floor: shown.floor,
      hasOlder: this.view.position.epoch !== 0 && shown.floor > 1,
      hasNewer: holding.excerpt !== null,
      lastSeq: Math.max(lastSeqOf(holding.messages), holding.floor - 1),
      loading: this.#loading,
      failure: this.#failure,
      continuity,
    };
  }

  async #load(what: NonNullable<TimelineSnapshot['loading']>, place: () => PlaceInHistory, join: (page: MessagePage) => Joining): Promise<boolean> {
    if (this.#loading || this.view.position.epoch === 0) return false;
    this.#become(what, null);
    try {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const page = await this.#parts.api.history(this.channelId, place());
        if (join(page) === 'joined') {
          this.entries.learn(page.mine);
          this.#become(null, null);
          return true;
        }
        await pause(this.#parts.clock, againMs, new AbortController().signal);
      }
      throw new Error('The history moved on while it was read.');
    } catch (failure) {
      this.#become(null, failure);
      return false;
    }
  }

  #become(loading: TimelineSnapshot['loading'], failure: unknown): void {
    this.#loading = loading;
    this.#failure = failure;
    this.changed();
  }
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);
