import type { Delta } from '../protocol/sync.js';
import type { Revised } from '../protocol/entities.js';
import { judge, type Verdict } from './rule.js';

/** What a reader needs after a step: nothing; to ask if what is missing has not come after `gapPatienceMs`; or to ask now. */
export type Need = 'nothing' | 'askSoon' | 'askNow';

export interface ReaderStep<T extends Revised> {
  /** The deltas to apply to what is held, in this order. Each either resets or upserts. */
  readonly applied: readonly Delta<T>[];
  readonly need: Need;
}

/** How long a reader waits for a missing delta before it asks. */
export const gapPatienceMs = 500;

const setAsideByDefault = 64;

/** One reader of one feed: the reader's rule with a bounded set-aside. Deterministic, without clock or I/O. */
export class FeedReader<T extends Revised = Revised> {
  #epoch = 0;
  #revision = 0;
  #floor = 1;
  #setAside: Delta<T>[] = [];

  /** @param setAsideLimit Deltas that may wait for a missing one; beyond it all are let go, and the reader asks. Default: 64. */
  constructor(private readonly setAsideLimit = setAsideByDefault) {}

  /** The epoch in which the reader stands; 0 while it holds nothing. */
  get epoch(): number {
    return this.#epoch;
  }

  get revision(): number {
    return this.#revision;
  }

  /** The seq from which a reader of a messages feed holds everything; 1 means the whole channel. */
  get floor(): number {
    return this.#floor;
  }

  /** How many deltas wait. */
  get setAside(): number {
    return this.#setAside.length;
  }

  /** Puts the reader where a store says that it stood. */
  standAt(epoch: number, revision: number, floor = 1): void {
    this.#epoch = epoch;
    this.#revision = revision;
    this.#floor = floor;
    this.#setAside = [];
  }

  /** Offers what arrived, from wherever and in whichever order. */
  offer(delta: Delta<T>): ReaderStep<T> {
    const applied: Delta<T>[] = [];
    const verdict = this.#take(delta, applied);
    if (verdict === 'gap' || verdict === 'ask') {
      if (this.#setAside.length >= this.setAsideLimit) {
        this.#setAside = [];
        return { applied, need: 'askNow' };
      }
      this.#setAside.push(delta);
    } else if (applied.length > 0) {
      this.#takeSetAside(applied);
    }
    return { applied, need: this.needed() };
  }

  /** What the reader needs, judged by what still waits. */
  needed(): Need {
    if (this.#setAside.length === 0) return 'nothing';
    return this.#setAside.some((d) => d.epoch > this.#epoch) ? 'askNow' : 'askSoon';
  }

  #takeSetAside(applied: Delta<T>[]): void {
    const waiting = this.#setAside.sort((a, b) => a.epoch - b.epoch || a.from - b.from);
    this.#setAside = [];
    for (const delta of waiting) {
      const verdict = this.#take(delta, applied);
      if (verdict === 'gap' || verdict === 'ask') this.#setAside.push(delta);
    }
  }

  #take(delta: Delta<T>, applied: Delta<T>[]): Verdict {
    const verdict = judge(this.#epoch, this.#revision, delta);
    if (verdict === 'apply' || verdict === 'reset') {
      this.#epoch = delta.epoch;
      this.#revision = delta.to;
      if (delta.reset) this.#floor = delta.floor ?? 1;
      applied.push(delta);
    }
    return verdict;
  }
}
