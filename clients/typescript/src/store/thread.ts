import type { ChatApi } from '../api/chatApi.js';
import { upserted, type Messages } from '../feeds/messages.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Id, Message } from '../protocol/entities.js';
import type { Delta } from '../protocol/sync.js';
import { backOffAfter } from '../time/backOff.js';
import type { Chance } from '../time/chance.js';
import { Entries, unseen, type TimelineEntry } from './entries.js';
import { LiveStore, type LiveStoreParts } from './liveStore.js';
import type { Timeline } from './timeline.js';

export interface ThreadParts extends LiveStoreParts {
  readonly api: ChatApi;
  readonly outbox: Outbox;
  readonly chance: Chance;
  readonly me: () => Id | null;
  /** The channel's timeline, which is held as long as the thread is. */
  readonly timeline: () => Timeline;
}

export interface ThreadSnapshot {
  readonly channelId: Id;
  /** The message that the thread hangs on; null until it is known. */
  readonly root: Message | null;
  /** The latest replies, oldest first, then what is on its way. */
  readonly entries: readonly TimelineEntry[];
  /** There are older replies than those of `entries`. */
  readonly hasOlder: boolean;
  readonly loading: boolean;
  /** Why the replies did not come; null when they did. They are tried again by themselves. */
  readonly failure: unknown;
}

const latest = 200;

/** A thread: its latest replies by one page, kept up to date by the channel's messages. */
export class Thread extends LiveStore<ThreadSnapshot> {
  readonly #parts: ThreadParts;
  readonly #entries: Entries;
  #root: Message | null = null;
  #replies: Messages = [];
  #arrived: Message[] = [];
  #loaded = false;
  #failure: unknown = null;
  #failures = 0;
  #cancel: (() => void) | null = null;

  constructor(
    readonly channelId: Id,
    readonly rootId: Id,
    parts: ThreadParts,
  ) {
    super(parts);
    this.#parts = parts;
    this.#entries = new Entries(parts.me, latest);
  }

  /** Hears what was applied to the channel's messages. */
  hear(applied: readonly Delta<Message>[]): void {
    if (!this.active) return;
    for (const delta of applied) {
      if (delta.reset) this.#load();
      this.#take(delta.items);
    }
  }

  /** Takes the answer to a command. */
  take(message: Message): void {
    if (message.id === this.#root?.id || this.#replies.some((r) => r.id === message.id)) this.#take([message]);
  }

  reacted(id: Id, emoji: string, yes: boolean): void {
    this.#entries.reacted(id, emoji, yes);
    this.changed();
  }

  protected activate(): () => void {
    const stop = [this.#parts.timeline().subscribe(() => undefined), this.#parts.outbox.messages.subscribe(() => this.changed())];
    this.#load();
    return () => {
      stop.forEach((each) => each());
      this.#cancel?.();
      this.#cancel = null;
    };
  }

  protected build(before: ThreadSnapshot | undefined): ThreadSnapshot {
    const outgoing = this.#parts.outbox.messages.getSnapshot().filter((o) => o.threadId === this.rootId);
    const entries = this.#entries.of(this.#replies, unseen(outgoing, this.#replies));
    return {
      channelId: this.channelId,
      root: this.#root,
      entries: before && before.entries.length === entries.length && entries.every((e, i) => e === before.entries[i]) ? before.entries : entries,
      hasOlder: this.#loaded && this.#root !== null && this.#replies.filter((r) => !r.deleted).length < this.#root.replyCount,
      loading: !this.#loaded,
      failure: this.#failure,
    };
  }

  #take(items: readonly Message[]): void {
    const root = items.find((item) => item.id === this.rootId);
    if (root && root.revision > (this.#root?.revision ?? 0)) this.#root = root;
    const replies = items.filter((item) => item.threadId === this.rootId);
    if (!root && replies.length === 0) return;
    if (!this.#loaded) this.#arrived.push(...replies);
    this.#replies = upserted(this.#replies, replies, 0).slice(-latest);
    this.changed();
  }

  #load(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#loaded = false;
    this.#arrived = [];
    void this.#read();
  }

  async #read(): Promise<void> {
    const { api, clock, chance } = this.#parts;
    const { view } = this.#parts.timeline();
    try {
      const [root, page] = await Promise.all([api.message(this.channelId, this.rootId), api.history(this.channelId, { thread: this.rootId, limit: latest })]);
      if (!this.active) return;
      const { epoch, revision } = view.position;
      // What was read in an older history tells nothing of this one.
      if (page.feed.epoch < epoch || root.feed.epoch < epoch || page.feed.revision < Math.min(revision, view.lastReset)) throw new Error('The thread was read too early.');
      if (root.item.revision >= (this.#root?.revision ?? 0)) this.#root = root.item;
      this.#replies = upserted(page.items, this.#arrived, page.items[0]?.seq ?? 0);
      this.#entries.learn(page.mine);
      [this.#loaded, this.#arrived, this.#failure, this.#failures] = [true, [], null, 0];
    } catch (failure) {
      this.#failure = failure;
      if (this.active) this.#cancel = clock.after(backOffAfter(this.#failures++, { minMs: 500, maxMs: 10_000 }, chance), () => this.#load());
    }
    this.changed();
  }
}
