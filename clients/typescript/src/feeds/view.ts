import type { Head, Position, Revised } from '../protocol/entities.js';
import type { Delta } from '../protocol/sync.js';
import type { Holding } from './holding.js';
import { FeedReader, type Need } from './reader.js';

/** How a feed's last sync ended: not yet; everything since the position came; what was held was dropped for a newer snapshot; the feed may not be read. */
export type Continuity = 'unknown' | 'continued' | 'reset' | 'denied';

/** One feed as this client holds it, kept by the reader's rule. */
export class FeedView<T extends Revised, H extends Holding<T> = Holding<T>> {
  readonly #reader = new FeedReader<T>();
  #continuity: Continuity = 'unknown';
  #lastReset = 0;
  #drops = 0;
  #wasReset = false;

  /** @param changed Called after each change of what is held, of the continuity or of the position, with the deltas that were applied. */
  constructor(
    readonly feed: string,
    readonly holding: H,
    private readonly changed: (applied: readonly Delta<T>[]) => void = () => undefined,
  ) {}

  get position(): Position {
    return { feed: this.feed, epoch: this.#reader.epoch, revision: this.#reader.revision };
  }

  get continuity(): Continuity {
    return this.#continuity;
  }

  /** The floor of the last reset of a messages feed. */
  get floor(): number {
    return this.#reader.floor;
  }

  /** The revision of the last reset; no older page may join what is held. */
  get lastReset(): number {
    return this.#lastReset;
  }

  offer(delta: Delta<T>): Need {
    const { applied, need } = this.#reader.offer(delta);
    for (const each of applied) this.#apply(each);
    if (applied.length > 0) this.changed(applied);
    return need;
  }

  /** What it needs after it waited for a missing delta. */
  needed(): Need {
    return this.#reader.needed();
  }

  /** True while the head is beyond where it stands. */
  isBehind(head: Head): boolean {
    return this.#reader.epoch !== head.epoch || this.#reader.revision < head.revision;
  }

  /**
   * Called as a command is sent. What it gives says whether the answer may update what is held: an answer names no epoch, so it may be of a history that was
   * dropped since.
   */
  asked(): () => boolean {
    const drops = this.#drops;
    return () => this.#drops === drops;
  }

  /** A sync brought it to its head. */
  arrived(_head: Head): void {
    this.#end(this.#wasReset ? 'reset' : 'continued');
    this.#wasReset = false;
  }

  denied(): void {
    this.#end('denied');
  }

  /** Drops everything, to begin from nothing. */
  forget(): void {
    this.#reader.standAt(0, 0);
    this.#drops++;
    this.holding.clear();
    this.changed([]);
  }

  #apply(delta: Delta<T>): void {
    if (delta.reset) {
      this.#wasReset = this.#continuity !== 'unknown';
      this.#continuity = this.#wasReset ? 'reset' : 'continued';
      this.#lastReset = delta.to;
      this.#drops++;
      this.holding.reset(delta);
    } else {
      this.holding.upsert(delta.items, { feed: delta.feed, epoch: delta.epoch, revision: delta.to });
    }
  }

  #end(continuity: Continuity): void {
    if (this.#continuity === continuity) return;
    this.#continuity = continuity;
    this.changed([]);
  }
}
