import type { Clock } from '../src/index.js';

/** Lets everything that waits for nothing but its turn run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is moved; it knows how many timers are left. */
export class PlayedClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

  now = (): number => this.#now;

  /** Timers that wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + Math.max(0, ms), run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /** Moves on, and runs what is due on the way, in order. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = [...this.#timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settle();
    }
    this.#now = end;
  }

  /** Moves on without running anything, as while the machine sleeps. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}
