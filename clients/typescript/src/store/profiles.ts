import type { ChatApi } from '../api/chatApi.js';
import { isNewer } from '../feeds/keys.js';
import type { Continuity } from '../feeds/view.js';
import { FeedReader, type Need } from '../feeds/reader.js';
import { nameOf, type Logger } from '../logging.js';
import type { UserPage } from '../protocol/calls.js';
import type { Head, Id, Position, User } from '../protocol/entities.js';
import { feedNames } from '../protocol/feedNames.js';
import type { Delta } from '../protocol/sync.js';
import type { SyncDesk } from '../syncing/desk.js';
import type { LiveReader } from '../syncing/reader.js';
import type { Clock } from '../time/clock.js';
import { Listeners, type OnListenerFailure, type Store } from './store.js';

export interface ProfilesParts {
  readonly desk: SyncDesk;
  readonly api: ChatApi;
  readonly clock: Clock;
  readonly failed: OnListenerFailure;
  readonly logger: Logger;
}

/** Ids in one call, and how long they are gathered for it. */
const idsInACall = 200;
const gatherMs = 10;

/** How soon a call that failed, or that answered older than what is known, is made again. */
const againMs = 1_000;

/** Profiles that nobody is subscribed to are kept for so many; beyond that the oldest go. */
const keptAtMost = 2_000;

/** The profiles that somebody asked for: fetched by their ids, kept up to date by the `users` feed, of which nothing else is held. */
export class Profiles implements LiveReader {
  readonly partial = true;
  readonly #parts: ProfilesParts;
  readonly #reader = new FeedReader<User>();
  readonly #held = new Map<Id, User>();
  readonly #stores = new Map<Id, { readonly store: Store<User | null>; readonly listeners: Listeners }>();
  readonly #wanted = new Set<Id>();
  #stopWatching: (() => void) | null = null;
  #cancel: (() => void) | null = null;
  #disposed = false;
  #heldIn = 0;
  #continuity: Continuity = 'unknown';

  constructor(parts: ProfilesParts) {
    this.#parts = parts;
  }

  /** Follows the feed from now on. */
  start(): void {
    this.#stopWatching ??= this.#parts.desk.watch(feedNames.users, this);
    this.#gather(gatherMs);
  }

  /** A user's profile; null until it is known. It is fetched when somebody subscribes. */
  of(id: Id): Store<User | null> {
    let entry = this.#stores.get(id);
    if (!entry) {
      const listeners = new Listeners(this.#parts.failed);
      const subscribe = (listener: () => void) => {
        this.#want(id);
        return listeners.add(listener);
      };
      this.#stores.set(id, (entry = { store: { subscribe, getSnapshot: () => this.#held.get(id) ?? null }, listeners }));
    }
    return entry.store;
  }

  /** Takes profiles that were fetched; false when they were read before the point at which the reader stands, and may lack a change that it has passed. */
  put({ items, feed }: UserPage): boolean {
    if (feed.epoch !== this.#reader.epoch || feed.revision < this.#reader.revision) return false;
    this.take(items);
    return true;
  }

  /** Takes profiles that some answer brought; the newer stays. */
  take(users: readonly User[]): void {
    for (const user of users) {
      this.#wanted.delete(user.id);
      if (!isNewer(user, this.#held.get(user.id))) continue;
      this.#held.set(user.id, user);
      this.#stores.get(user.id)?.listeners.tell();
    }
    this.#letGo();
  }

  /** What is held, by id. */
  get held(): ReadonlyMap<Id, User> {
    return this.#held;
  }

  get continuity(): Continuity {
    return this.#continuity;
  }

  get position(): Position {
    return { feed: feedNames.users, epoch: this.#reader.epoch, revision: this.#reader.revision };
  }

  offer(delta: Delta): Need {
    const { applied, need } = this.#reader.offer(delta as Delta<User>);
    for (const each of applied) {
      if (each.reset) {
        this.#continuity = this.#continuity === 'unknown' ? 'continued' : 'reset';
        this.#doubtAll(each.epoch);
      }
      this.take(each.items);
    }
    return need;
  }

  needed(): Need {
    return this.#reader.needed();
  }

  isBehind(head: Head): boolean {
    return this.#reader.epoch !== head.epoch || this.#reader.revision < head.revision;
  }

  /** The answer to a partial reader is the head alone: it stands there, and what it held may have changed unseen. */
  arrived(head: Head): void {
    this.#continuity = this.#continuity === 'unknown' ? 'unknown' : 'continued';
    if (this.isBehind(head)) this.offer({ feed: head.feed, epoch: head.epoch, from: 0, to: head.revision, reset: true, floor: null, more: false, fence: null, items: [] });
  }

  denied(): void {
    this.#continuity = 'denied';
    this.forget();
  }

  forget(): void {
    this.#reader.standAt(0, 0);
    this.#doubtAll(0);
  }

  dispose(): void {
    this.#disposed = true;
    this.#stopWatching?.();
    this.#cancel?.();
    this.#cancel = null;
    for (const { listeners } of this.#stores.values()) listeners.clear();
    this.#stores.clear();
    this.#held.clear();
  }

  #want(id: Id): void {
    if (this.#held.has(id)) return;
    this.#wanted.add(id);
    this.#gather(gatherMs);
  }

  /** What somebody looks at is fetched anew and shown meanwhile; the rest goes. */
  #doubtAll(epoch: number): void {
    const comparable = epoch === this.#heldIn;
    this.#heldIn = epoch;
    for (const [id, user] of this.#held) {
      if (!this.#stores.get(id)?.listeners.size) this.#held.delete(id);
      else {
        this.#wanted.add(id);
        // Across epochs revisions say nothing about each other: whatever comes is newer.
        if (!comparable) this.#held.set(id, { ...user, revision: -1 });
      }
    }
    this.#gather(gatherMs);
  }

  #gather(ms: number): void {
    if (!this.#stopWatching || this.#wanted.size === 0 || this.#disposed) return;
    this.#cancel ??= this.#parts.clock.after(ms, () => {
      this.#cancel = null;
      void this.#fetch();
    });
  }

  async #fetch(): Promise<void> {
    const ids = [...this.#wanted].slice(0, idsInACall);
    for (const id of ids) this.#wanted.delete(id);
    try {
      const page = await this.#parts.api.usersByIds(ids);
      if (this.#disposed) return;
      // Before the first sync there is nothing that could have been passed.
      if (this.#reader.epoch === 0) this.take(page.items);
      else if (!this.put(page)) return this.#again(ids);
      this.#gather(gatherMs);
    } catch (failure) {
      this.#parts.logger.log('debug', 'Profiles could not be fetched now.', { failure: nameOf(failure) });
      this.#again(ids);
    }
  }

  #again(ids: readonly Id[]): void {
    for (const id of ids) this.#wanted.add(id);
    this.#gather(againMs);
  }

  #letGo(): void {
    for (const id of this.#held.keys()) {
      if (this.#held.size <= keptAtMost) return;
      if (this.#stores.get(id)?.listeners.size) continue;
      this.#held.delete(id);
      this.#stores.delete(id);
    }
  }
}
