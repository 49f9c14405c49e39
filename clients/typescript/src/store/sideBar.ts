import type { ChatApi } from '../api/chatApi.js';
import { ChatApiError } from '../api/refusal.js';
import { EntityMap } from '../feeds/holding.js';
import { isNewer, keys } from '../feeds/keys.js';
import { FeedView } from '../feeds/view.js';
import { nameOf, type Logger } from '../logging.js';
import type { Channel, Fence, Head, Id, MyChannel, ReadPosition } from '../protocol/entities.js';
import { feedNames } from '../protocol/feedNames.js';
import type { SyncDesk } from '../syncing/desk.js';
import type { Chance } from '../time/chance.js';
import { backOffAfter } from '../time/backOff.js';
import { LiveStore, type LiveStoreParts } from './liveStore.js';

export interface SideBarLine {
  readonly channel: Channel;
  readonly membership: MyChannel;
  /** Of a direct channel: who is in it beside the caller, once that is known. Else empty. */
  readonly people: readonly Id[];
  /** The seq of the newest message; 0 when there is none. */
  readonly lastSeq: number;
  /** Up to which seq the caller has read. */
  readonly readSeq: number;
  readonly unread: number;
  /** How many messages beyond `readSeq` mention the caller. */
  readonly mentions: number;
}

export interface SideBarSnapshot {
  /** The channels that the caller is in, in the order of their ids (that is, of their making). Empty only when it is known that there are none, or before the first answer. */
  readonly lines: readonly SideBarLine[];
  /** True until the first answer. */
  readonly loading: boolean;
  /** The last call failed: what is shown is what was known before. */
  readonly stale: boolean;
  /** Why, while `stale`. */
  readonly failure: unknown;
}

export interface SideBarParts extends LiveStoreParts {
  readonly desk: SyncDesk;
  readonly api: ChatApi;
  readonly logger: Logger;
  readonly chance: Chance;
  readonly me: Id;
  /** The caller is a member of a channel, again or for the first time. */
  readonly joined: (channelId: Id) => void;
}

const pageSize = 200;
const nobody: readonly Id[] = [];

/** How long changes are gathered before channels are looked at again. */
const settleMs = 300;
const verifyMs = 1_000;
const again = { minMs: 500, maxMs: 30_000 };

/** The caller's channels with what is unread: a list by HTTP, kept up to date by the caller's own feeds and the heads of each channel. */
export class SideBar extends LiveStore<SideBarSnapshot> {
  readonly channels: FeedView<MyChannel, EntityMap<MyChannel>>;
  readonly reads: FeedView<ReadPosition, EntityMap<ReadPosition>>;
  readonly #parts: SideBarParts;
  readonly #known = new Map<Id, Channel>();
  readonly #lastSeqs = new Map<Id, number>();
  readonly #heads = new Map<Id, () => void>();
  readonly #stood = new Map<Id, Fence>();
  readonly #changedChannels = new Set<Id>();
  readonly #people = new Map<Id, readonly Id[]>();
  #listed: ReadonlyMap<Id, MyChannel> | null = null;
  #failure: unknown = null;
  #failures = 0;
  #loading = false;
  #cancel: (() => void) | null = null;
  #wantsList = true;
  #started = false;

  constructor(parts: SideBarParts) {
    super(parts);
    this.#parts = parts;
    this.channels = new FeedView(feedNames.userChannels(parts.me), new EntityMap(keys.userChannels), (applied) => {
      for (const delta of applied) for (const item of delta.items) if (!item.left) parts.joined(item.channelId);
      this.#follow();
      this.changed();
    });
    this.reads = new FeedView(feedNames.reads(parts.me), new EntityMap(keys.reads), () => this.changed());
  }

  /** Calls may be made from now on. */
  start(): void {
    this.#started = true;
    if (this.active) this.#soon(0);
  }

  /** The network is back: what failed is tried now. */
  hurry(): void {
    if (this.#failure === null) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#soon(0);
  }

  /** Takes a channel that some answer brought; the newer stays. */
  take(channel: Channel): void {
    if (!isNewer(channel, this.#known.get(channel.id))) return;
    this.#known.set(channel.id, channel);
    this.#soon(settleMs);
    this.changed();
  }

  /** What takes the answer to a change of the caller's own settings of a channel, which is sent now. */
  answersOfOwn(): (mine: MyChannel) => void {
    return this.#answers(this.channels);
  }

  /** What takes the answer to a reading, which is sent now. */
  answersOfReads(): (read: ReadPosition) => void {
    return this.#answers(this.reads);
  }

  /** True where the list says that the caller is a member. */
  isMember(channelId: Id): boolean {
    const mine = this.#memberships().get(channelId);
    return mine !== undefined && !mine.left;
  }

  protected activate(): () => void {
    const { desk } = this.#parts;
    const stop = [desk.watch(this.channels.feed, this.channels), desk.watch(this.reads.feed, this.reads)];
    this.#wantsList = true;
    this.#soon(0);
    this.#follow();
    return () => {
      stop.forEach((each) => each());
      for (const each of this.#heads.values()) each();
      this.#heads.clear();
      this.#cancel?.();
      this.#cancel = null;
    };
  }

  protected build(before: SideBarSnapshot | undefined): SideBarSnapshot {
    const same = new Map(before?.lines.map((line) => [line.channel.id, line]));
    const lines = [...this.#memberships().values()]
      .filter((mine) => !mine.left && this.#known.has(mine.channelId))
      .sort((a, b) => (a.channelId < b.channelId ? -1 : 1))
      .map((mine) => this.#line(mine, same.get(mine.channelId)));
    return {
      lines: before && lines.length === before.lines.length && lines.every((line, i) => line === before.lines[i]) ? before.lines : lines,
      loading: this.#listed === null,
      stale: this.#failure !== null,
      failure: this.#failure,
    };
  }

  #answers<T extends MyChannel | ReadPosition>(view: FeedView<T, EntityMap<T>>): (item: T) => void {
    const holds = view.asked();
    return (item) => {
      if (holds() && view.holding.update(item)) this.changed();
    };
  }

  #line(membership: MyChannel, before: SideBarLine | undefined): SideBarLine {
    const channel = this.#known.get(membership.channelId)!;
    const read = this.reads.holding.items.get(membership.channelId);
    const readSeq = read?.seq ?? 0;
    const lastSeq = Math.max(this.#lastSeqs.get(membership.channelId) ?? 0, readSeq);
    const unread = lastSeq - readSeq;
    const mentions = Math.min(read?.mentions ?? 0, unread);
    const people = this.#people.get(membership.channelId) ?? nobody;
    const same = before && before.channel === channel && before.people === people && before.membership === membership && before.lastSeq === lastSeq && before.readSeq === readSeq && before.mentions === mentions;
    return same ? before : { channel, membership, people, lastSeq, readSeq, unread, mentions };
  }

  // Until the feed has come, the list's own word counts.
  #memberships(): ReadonlyMap<Id, MyChannel> {
    return this.channels.position.epoch > 0 ? this.channels.holding.items : (this.#listed ?? new Map());
  }

  /** Follows the heads of every channel that the caller is in, and looks at those that are not known. */
  #follow(): void {
    if (!this.active) return;
    const { desk } = this.#parts;
    for (const { channelId, left } of this.#memberships().values()) {
      if (left) {
        this.#heads.get(channelId)?.();
        this.#heads.delete(channelId);
        this.#stood.delete(channelId);
      } else {
        if (!this.#heads.has(channelId)) {
          const stop = [desk.watchHeads(feedNames.messages(channelId), (head) => this.#grew(channelId, head)), desk.watchHeads(feedNames.members(channelId), (head) => this.#moved(channelId, head))];
          this.#heads.set(channelId, () => stop.forEach((each) => each()));
        }
        if (!this.#known.has(channelId)) this.#lookAt(channelId);
      }
    }
  }

  #grew(channelId: Id, { lastSeq }: Head): void {
    if (lastSeq == null || lastSeq === this.#lastSeqs.get(channelId)) return;
    this.#lastSeqs.set(channelId, lastSeq);
    this.changed();
  }

  // The list may have been read before this client began to hear of the channel; it is read once more then. Later changes are looked at one by one.
  #moved(channelId: Id, { epoch, revision }: Head): void {
    const before = this.#stood.get(channelId);
    if (before && before.epoch === epoch && before.revision >= revision) return;
    this.#stood.set(channelId, { epoch, revision });
    if (before) return this.#lookAt(channelId);
    this.#wantsList = true;
    this.#soon(verifyMs);
  }

  #lookAt(channelId: Id): void {
    this.#changedChannels.add(channelId);
    this.#soon(settleMs);
  }

  #soon(ms: number): void {
    if (!this.#started || this.#loading) return;
    this.#cancel ??= this.#parts.clock.after(ms, () => {
      this.#cancel = null;
      void this.#load();
    });
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      if (this.#wantsList) await this.#list();
      else await this.#lookAtChanged();
      await this.#lookAtPeople();
      this.#failures = 0;
      this.#become(null);
    } catch (failure) {
      this.#parts.logger.log('info', 'The list of channels could not be read now.', { failure: nameOf(failure) });
      this.#become(failure);
    } finally {
      this.#loading = false;
    }
    if (!this.active) return;
    if (this.#failure !== null) this.#soon(backOffAfter(this.#failures++, again, this.#parts.chance));
    else if (this.#wantsList || this.#changedChannels.size > 0) this.#soon(settleMs);
  }

  async #list(): Promise<void> {
    const listed = new Map<Id, MyChannel>();
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await this.#parts.api.myChannels({ limit: pageSize, ...(cursor ? { cursor } : {}) });
      for (const { channel, membership, lastSeq, readSeq, mentions } of page.items) {
        listed.set(channel.id, membership);
        if (isNewer(channel, this.#known.get(channel.id))) this.#known.set(channel.id, channel);
        this.#changedChannels.delete(channel.id);
        this.#lastSeqs.set(channel.id, Math.max(lastSeq, this.#lastSeqs.get(channel.id) ?? 0));
        if (this.reads.position.epoch === 0) this.reads.holding.upsert([{ channelId: channel.id, seq: readSeq, mentions, revision: 0 }]);
      }
      cursor = page.next ?? null;
    }
    this.#listed = listed;
    this.#wantsList = false;
    this.#follow();
  }

  async #lookAtChanged(): Promise<void> {
    for (const channelId of [...this.#changedChannels]) {
      this.#changedChannels.delete(channelId);
      if (!this.isMember(channelId)) continue;
      try {
        this.#known.set(channelId, await this.#parts.api.channel(channelId));
      } catch (failure) {
        // One that may not be seen any more says so in the caller's own feed.
        if (failure instanceof ChatApiError && !failure.isPassing) continue;
        this.#changedChannels.add(channelId);
        throw failure;
      }
    }
  }

  /** Who is in a direct channel never changes. */
  async #lookAtPeople(): Promise<void> {
    for (const { id, kind } of this.#known.values()) {
      if (kind !== 'direct' || this.#people.has(id) || !this.isMember(id)) continue;
      const { items } = await this.#parts.api.members(id, { limit: pageSize });
      this.#people.set(id, items.map((member) => member.userId).filter((userId) => userId !== this.#parts.me));
      this.changed();
    }
  }

  #become(failure: unknown): void {
    this.#failure = failure;
    this.changed();
  }
}
