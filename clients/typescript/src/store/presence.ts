import type { Id } from '../protocol/entities.js';
import type { PresenceSeen, PresenceState } from '../protocol/hub.js';
import type { Clock } from '../time/clock.js';
import { Listeners, type OnListenerFailure, type Store } from './store.js';

/** Users whose presence one connection is told. */
const watchedAtMost = 500;

/** Changes of whom to watch that come together are said as one. */
const settleMs = 100;

/** Who is here. Ephemeral: told for those somebody is subscribed to, the latest 500. */
export class Presence {
  readonly #states = new Map<Id, PresenceState>();
  readonly #stores = new Map<Id, Store<PresenceState | null>>();
  readonly #watched = new Map<Id, Listeners>();
  #cancel: (() => void) | null = null;
  #mine: 'active' | 'away' = 'active';
  #saidMine: 'active' | 'away' = 'active';

  /** @param watch Says whom to watch. @param set Says how the caller is. */
  constructor(
    private readonly clock: Clock,
    private readonly failed: OnListenerFailure,
    private readonly watch: (userIds: readonly Id[]) => void,
    private readonly set: (state: 'active' | 'away') => void,
  ) {}

  /** A user's presence; null until it is known. */
  of(userId: Id): Store<PresenceState | null> {
    let store = this.#stores.get(userId);
    if (!store) this.#stores.set(userId, (store = { subscribe: (listener) => this.#subscribe(userId, listener), getSnapshot: () => this.#states.get(userId) ?? null }));
    return store;
  }

  seen(presence: readonly PresenceSeen[]): void {
    for (const { userId, state } of presence) {
      const listeners = this.#watched.get(userId);
      if (!listeners || this.#states.get(userId) === state) continue;
      this.#states.set(userId, state);
      listeners.tell();
    }
  }

  /** How the caller is; said again at each reconnect. */
  become(state: 'active' | 'away'): void {
    this.#mine = state;
    if (this.#saidMine === state) return;
    this.#saidMine = state;
    this.set(state);
  }

  /** A line has opened: a new connection counts as active and watches nobody. */
  attached(): void {
    this.#saidMine = 'active';
    this.become(this.#mine);
    if (this.#watched.size > 0) this.#settle();
  }

  /** What is known grows old without a line. */
  detached(): void {
    const known = [...this.#states.keys()];
    this.#states.clear();
    for (const userId of known) this.#watched.get(userId)?.tell();
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#watched.clear();
    this.#states.clear();
  }

  #subscribe(userId: Id, listener: () => void): () => void {
    const listeners = this.#watched.get(userId) ?? new Listeners(this.failed);
    if (!this.#watched.has(userId)) {
      this.#watched.set(userId, listeners);
      this.#settle();
    }
    const remove = listeners.add(listener);
    return () => {
      remove();
      if (listeners.size > 0 || this.#watched.get(userId) !== listeners) return;
      this.#watched.delete(userId);
      this.#states.delete(userId);
      this.#stores.delete(userId);
      this.#settle();
    };
  }

  #settle(): void {
    this.#cancel ??= this.clock.after(settleMs, () => {
      this.#cancel = null;
      this.watch([...this.#watched.keys()].slice(-watchedAtMost));
    });
  }
}
