import type { Line } from '../connection/line.js';
import { gapPatienceMs } from '../feeds/reader.js';
import { nameOf, type Logger } from '../logging.js';
import type { Head } from '../protocol/entities.js';
import type { Delta, FailedFeed, SyncAnswer } from '../protocol/sync.js';
import { backOffAfter, type BackOff } from '../time/backOff.js';
import type { Chance } from '../time/chance.js';
import type { Clock } from '../time/clock.js';
import type { LiveReader } from './reader.js';
import { WatchedFeed, type HeadListener } from './watched.js';

export interface DeskParts {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly backOff: BackOff;
  readonly logger: Logger;
  /** Everything that is watched is at head, or is not. */
  readonly caughtUp: (yes: boolean) => void;
  /** The line does not answer. */
  readonly silent: () => void;
  /** A delta is missing. */
  readonly gap: () => void;
  /** Hears every delta that came, before any reader takes it. */
  readonly came: (delta: Delta) => void;
  /** True where this client's own channel list says that it may read the feed. */
  readonly mayRead: (feed: string) => boolean;
}

/** Feeds in one call. */
const feedsInACall = 500;

/** How long an answer may take; when the line is doubted, less. */
const patienceMs = 30_000;
const doubtMs = 6_000;

/** Looking at a page again and again compares no more often than this. */
const comparedMs = 5_000;

/** Keeps what is watched at its head: syncs at each connect, at gaps, and when the server says so. One sync is under way at a time, so none supersedes another. */
export class SyncDesk {
  readonly #parts: DeskParts;
  readonly #feeds = new Map<string, WatchedFeed>();
  readonly #asked = new Set<string>();
  readonly #left = new Set<string>();
  readonly #timers = new Map<string, () => void>();
  #line: Line | null = null;
  #working = false;
  #patience = patienceMs;
  #comparedAt = -Infinity;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Takes a feed live from now on, until the returned function is called. A feed has one live reader at a time. */
  watch(feed: string, reader: LiveReader): () => void {
    const watched = this.#watched(feed);
    watched.reader = reader;
    this.#settle(watched);
    return () => {
      if (watched.reader !== reader) return;
      watched.reader = null;
      this.#settle(watched);
    };
  }

  /** Hears the heads of a feed from now on, until the returned function is called. */
  watchHeads(feed: string, hear: HeadListener): () => void {
    const watched = this.#watched(feed);
    const entry = { hear };
    watched.heads.add(entry);
    if (watched.head) hear(watched.head);
    this.#settle(watched);
    return () => {
      if (watched.heads.delete(entry)) this.#settle(watched);
    };
  }

  /** A line has opened: nothing is remembered of an earlier one. */
  attach(line: Line): void {
    this.#line = line;
    this.#left.clear();
    for (const watched of this.#feeds.values()) watched.registered = null;
    this.#askAll();
    void this.#work();
  }

  detach(): void {
    this.#line = null;
  }

  /** Compares all feeds with the server, as after waking up, unless that was done a moment ago; a line that does not answer soon is given up. */
  doubt(): void {
    const now = this.#parts.clock.now();
    if (!this.#line || now - this.#comparedAt < comparedMs) return;
    this.#askAll(doubtMs);
  }

  offer(delta: Delta): void {
    this.#parts.came(delta);
    const watched = this.#feeds.get(delta.feed);
    if (!watched?.reader) return;
    const need = watched.reader.offer(delta);
    if (!watched.reader.isBehind({ feed: delta.feed, epoch: delta.epoch, revision: delta.to })) watched.tell(headOf(delta));
    if (delta.more || need === 'askNow') this.ask(delta.feed);
    else if (need === 'askSoon') this.#askIfStillMissing(watched);
  }

  heads(heads: readonly Head[]): void {
    for (const head of heads) {
      const watched = this.#feeds.get(head.feed);
      if (watched?.reader?.isBehind(head)) this.ask(head.feed);
      watched?.tell(head);
    }
  }

  /** Syncs a feed since where it stands. */
  ask(feed: string): void {
    if (!this.#feeds.has(feed)) return;
    this.#say(feed, 'now');
    this.#asked.add(feed);
    void this.#work();
  }

  askAllOf(feeds: readonly string[]): void {
    for (const feed of feeds) this.ask(feed);
  }

  /** The caller is a member again: what was denied is asked for since where it stands. */
  readmit(feed: string): void {
    const watched = this.#feeds.get(feed);
    if (!watched || watched.denials === 0) return;
    watched.denials = 0;
    this.ask(feed);
  }

  dispose(): void {
    this.#line = null;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#feeds.clear();
    this.#asked.clear();
  }

  #askAll(withinMs = patienceMs): void {
    this.#patience = withinMs;
    this.#comparedAt = this.#parts.clock.now();
    for (const feed of this.#feeds.keys()) {
      this.#say(feed, 'now');
      this.#asked.add(feed);
    }
    void this.#work();
  }

  #watched(feed: string): WatchedFeed {
    let watched = this.#feeds.get(feed);
    if (!watched) this.#feeds.set(feed, (watched = new WatchedFeed(feed)));
    return watched;
  }

  /** Brings the registration of a feed in line with how it is watched. */
  #settle(watched: WatchedFeed): void {
    const { feed, mode } = watched;
    if (mode === null) {
      this.#feeds.delete(feed);
      this.#asked.delete(feed);
      this.#cancel(feed);
      if (watched.registered) this.#left.add(feed);
    } else {
      this.#left.delete(feed);
      if (watched.registered === mode) return;
      this.#asked.add(feed);
    }
    void this.#work();
  }

  async #work(): Promise<void> {
    const line = this.#line;
    if (this.#working || !line) return;
    this.#working = true;
    // What is asked for in one go goes out as one call.
    await Promise.resolve();
    try {
      while (this.#line === line && (this.#asked.size > 0 || this.#left.size > 0)) {
        if (this.#left.size > 0) await this.#leave(line);
        if (this.#asked.size > 0) {
          this.#parts.caughtUp(false);
          await this.#sync(line);
        }
      }
      if (this.#line === line) this.#parts.caughtUp(true);
    } catch (failure) {
      this.#parts.logger.log('debug', 'A sync got no answer.', { failure: nameOf(failure) });
    } finally {
      this.#working = false;
    }
    // Another line may have opened meanwhile.
    if (this.#line && this.#line !== line) void this.#work();
  }

  async #leave(line: Line): Promise<void> {
    const feeds = [...this.#left].slice(0, feedsInACall);
    for (const feed of feeds) this.#left.delete(feed);
    try {
      await this.#answerOf(line, line.invoke('Unwatch', feeds));
    } catch (failure) {
      // What comes although nobody wants it is dropped; the next connection does not ask for it.
      this.#parts.logger.log('debug', 'Feeds could not be left.', { failure: nameOf(failure) });
    }
  }

  async #sync(line: Line): Promise<void> {
    const feeds = [...this.#asked].slice(0, feedsInACall);
    for (const feed of feeds) this.#asked.delete(feed);
    const watched = feeds.flatMap((feed) => this.#feeds.get(feed) ?? []);
    const before = new Map(watched.map((w) => [w.feed, w.position]));
    let answer: SyncAnswer;
    try {
      answer = await this.#answerOf(line, line.invoke('Sync', [...before.values()]));
    } catch (failure) {
      if (this.#line !== line) {
        for (const feed of feeds) this.#asked.add(feed);
        throw failure;
      }
      this.#parts.logger.log('debug', 'A sync was refused.', { failure: nameOf(failure) });
      for (const feed of feeds) this.#askLater(feed, 1000);
      return;
    }
    if (this.#line !== line) return;
    for (const w of watched) w.registered = before.get(w.feed)?.mode ?? null;
    this.#take(answer, before);
  }

  #take(answer: SyncAnswer, before: ReadonlyMap<string, { epoch?: number | null; revision?: number | null; mode?: string | null }>): void {
    for (const delta of answer.deltas) this.offer(delta);
    for (const head of answer.heads) {
      const watched = this.#feeds.get(head.feed);
      if (!watched) continue;
      watched.denials = 0;
      if (watched.mode !== before.get(head.feed)?.mode) this.ask(head.feed);
      this.#arrive(watched, head, before.get(head.feed)?.revision ?? 0);
    }
    for (const feed of answer.denied) this.#deny(feed);
    for (const failed of answer.failed) this.#fail(failed);
  }

  #arrive(watched: WatchedFeed, head: Head, stoodAt: number): void {
    const { reader } = watched;
    if (reader && !reader.partial && reader.isBehind(head)) {
      // An answer that brought nothing is not asked for again at once.
      if (reader.position.revision === stoodAt && reader.position.epoch === head.epoch) this.#askLater(watched.feed, gapPatienceMs);
      else this.ask(watched.feed);
    } else {
      reader?.arrived(head);
    }
    watched.tell(head);
  }

  #deny(feed: string): void {
    const watched = this.#feeds.get(feed);
    if (!watched) return;
    watched.registered = null;
    watched.reader?.denied();
    if (this.#parts.mayRead(feed)) this.#askLater(feed, backOffAfter(watched.denials, { minMs: 1000, maxMs: 30_000 }, this.#parts.chance));
    watched.denials++;
  }

  #fail({ feed, code, retryAfterMs }: FailedFeed): void {
    const watched = this.#feeds.get(feed);
    if (!watched) return;
    watched.registered = null;
    this.#parts.logger.log('debug', 'A feed could not be synced.', { feed, code });
    if (code === 'position_ahead') {
      watched.reader?.forget();
      watched.head = null;
      this.ask(feed);
    } else if (retryAfterMs != null) {
      this.#askLater(feed, retryAfterMs);
    }
  }

  #askIfStillMissing(watched: WatchedFeed): void {
    this.#say(watched.feed, 'soon');
    if (this.#timers.has(watched.feed)) return;
    this.#parts.gap();
    this.#later(watched.feed, gapPatienceMs, () => {
      if (watched.reader && watched.reader.needed() !== 'nothing') this.ask(watched.feed);
    });
  }

  #askLater(feed: string, ms: number): void {
    this.#say(feed, 'later');
    this.#cancel(feed);
    this.#later(feed, ms, () => this.ask(feed));
  }

  #later(feed: string, ms: number, run: () => void): void {
    this.#timers.set(feed, this.#parts.clock.after(ms, () => {
      this.#timers.delete(feed);
      run();
    }));
  }

  #say(feed: string, when: 'now' | 'soon' | 'later'): void {
    this.#parts.logger.log('debug', 'A feed is asked for.', { feed, when });
  }

  #cancel(feed: string): void {
    this.#timers.get(feed)?.();
    this.#timers.delete(feed);
  }

  /** The answer of a call, or a line given up for its silence. */
  #answerOf<T>(line: Line, call: Promise<T>): Promise<T> {
    const withinMs = this.#patience;
    this.#patience = patienceMs;
    const cancel = this.#parts.clock.after(withinMs, () => {
      if (this.#line === line) this.#parts.silent();
    });
    return call.finally(cancel);
  }
}

function headOf(delta: Delta): Head {
  const seqs = delta.items.flatMap((item) => ('seq' in item && 'id' in item ? [item.seq as number] : []));
  return { feed: delta.feed, epoch: delta.epoch, revision: delta.to, ...(seqs.length > 0 ? { lastSeq: Math.max(...seqs) } : {}) };
}
