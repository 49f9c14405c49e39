import type { Clock } from '../time/clock.js';
import { Listeners, type OnListenerFailure, type Store } from './store.js';

export interface LiveStoreParts {
  readonly clock: Clock;
  readonly failed: OnListenerFailure;
}

/** How long a store goes on after its last subscriber left: a component that is drawn anew must not cost a sync. */
export const lingerMs = 5_000;

/** A store that follows something while somebody is subscribed. Snapshots are built when they are asked for, once for each change. */
export abstract class LiveStore<S> implements Store<S> {
  readonly #parts: LiveStoreParts;
  readonly #listeners: Listeners;
  #snapshot: S | undefined;
  #isStale = true;
  #deactivate: (() => void) | null = null;
  #stopLingering: (() => void) | null = null;
  #disposed = false;

  protected constructor(parts: LiveStoreParts) {
    this.#parts = parts;
    this.#listeners = new Listeners(parts.failed);
  }

  /** True while somebody is subscribed, or was a moment ago. */
  get active(): boolean {
    return this.#deactivate !== null;
  }

  subscribe = (listener: () => void): (() => void) => {
    if (this.#disposed) return () => undefined;
    const remove = this.#listeners.add(listener);
    this.#stopLingering?.();
    this.#stopLingering = null;
    this.#deactivate ??= this.activate();
    return () => {
      remove();
      if (this.#listeners.size === 0 && this.#deactivate && !this.#stopLingering) this.#stopLingering = this.#parts.clock.after(lingerMs, () => this.#idle());
    };
  };

  getSnapshot = (): S => {
    if (this.#isStale) {
      this.#isStale = false;
      this.#snapshot = this.build(this.#snapshot);
    }
    return this.#snapshot as S;
  };

  dispose(): void {
    this.#disposed = true;
    this.#listeners.clear();
    this.#idle();
  }

  /** Begins to follow; the returned function ends it. */
  protected abstract activate(): () => void;

  /** The present state; what did not change since `before` is to be the same object. */
  protected abstract build(before: S | undefined): S;

  protected changed(): void {
    this.#isStale = true;
    this.#listeners.tell();
  }

  #idle(): void {
    this.#stopLingering?.();
    this.#stopLingering = null;
    const deactivate = this.#deactivate;
    this.#deactivate = null;
    deactivate?.();
  }
}
