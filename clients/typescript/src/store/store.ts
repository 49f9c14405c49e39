/** An external store, as `useSyncExternalStore` takes it. A snapshot is immutable and stays the same object until something in it changes. */
export interface Store<T> {
  /** Calls the listener after each change; the returned function removes this one subscription and no other. */
  subscribe(listener: () => void): () => void;
  getSnapshot(): T;
}

/** Where failures of listeners go. */
export type OnListenerFailure = (failure: unknown) => void;

/** A store's subscriptions. The same function subscribed twice is two subscriptions. */
export class Listeners<A extends unknown[] = []> {
  #entries = new Set<{ readonly run: (...args: A) => void }>();

  constructor(private readonly failed: OnListenerFailure) {}

  get size(): number {
    return this.#entries.size;
  }

  add(run: (...args: A) => void): () => void {
    const entry = { run };
    this.#entries.add(entry);
    return () => void this.#entries.delete(entry);
  }

  /** Tells everyone who is subscribed now; one that throws keeps nobody else from hearing. */
  tell(...args: A): void {
    for (const entry of [...this.#entries]) {
      if (!this.#entries.has(entry)) continue;
      try {
        entry.run(...args);
      } catch (failure) {
        this.failed(failure);
      }
    }
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** A store that holds a value. */
export class ValueStore<T> implements Store<T> {
  readonly #listeners: Listeners;
  #value: T;

  constructor(value: T, failed: OnListenerFailure) {
    this.#value = value;
    this.#listeners = new Listeners(failed);
  }

  subscribe = (listener: () => void): (() => void) => this.#listeners.add(listener);

  getSnapshot = (): T => this.#value;

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#listeners.tell();
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
