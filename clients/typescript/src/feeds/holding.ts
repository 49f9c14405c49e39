import type { Position, Revised } from '../protocol/entities.js';
import type { Delta } from '../protocol/sync.js';
import { isNewer } from './keys.js';

/** What a reader holds of its feed. Position and entities change in one step: a view applies deltas in the step in which its reader takes them. */
export interface Holding<T extends Revised> {
  /** Drops everything and starts from the delta's items. */
  reset(delta: Delta<T>): void;
  /** Takes items; of two copies the newer stays. */
  upsert(items: readonly T[], position: Position): void;
  /** Drops everything. */
  clear(): void;
}

/** Everything of a feed, by key. The map is replaced, never changed, and stays the same object while nothing in it changes. */
export class EntityMap<T extends Revised> implements Holding<T> {
  #items: ReadonlyMap<string, T> = new Map();
  #epoch = 0;

  constructor(private readonly keyOf: (item: T) => string) {}

  get items(): ReadonlyMap<string, T> {
    return this.#items;
  }

  reset({ items, epoch }: Delta<T>): void {
    // The same object where nothing changed, so that whoever shows it need not draw it again; across epochs revisions say nothing about each other.
    const held = epoch === this.#epoch ? this.#items : new Map<string, T>();
    this.#epoch = epoch;
    const next = new Map<string, T>();
    for (const item of items) {
      const key = this.keyOf(item);
      const before = held.get(key);
      next.set(key, before !== undefined && before.revision === item.revision ? before : item);
    }
    this.#items = next;
  }

  upsert(items: readonly T[]): void {
    let next: Map<string, T> | null = null;
    for (const item of items) {
      const key = this.keyOf(item);
      if (isNewer(item, (next ?? this.#items).get(key))) (next ??= new Map(this.#items)).set(key, item);
    }
    if (next) this.#items = next;
  }

  /** Takes the answer to a command: it updates what is held, if it is newer, and adds nothing. */
  update(item: T): boolean {
    const before = this.#items.get(this.keyOf(item));
    if (before === undefined || !isNewer(item, before)) return false;
    this.upsert([item]);
    return true;
  }

  clear(): void {
    this.#items = new Map();
  }
}
