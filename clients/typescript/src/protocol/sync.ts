import type { Fence, Head, Revised } from './entities.js';

/**
 * The one thing that is ever said about a feed: these are all the entities whose last change lies in (from, to];
 * a reader that stood at `from` stands at `to` after applying it.
 */
export interface Delta<T extends Revised = Revised> {
  readonly feed: string;
  readonly epoch: number;
  /** Exclusive; 0 in a reset. */
  readonly from: number;
  /** Inclusive. */
  readonly to: number;
  /** The reader drops what it holds and starts from `items`. */
  readonly reset: boolean;
  /** Only in a reset of a messages feed: the seq from which the reader holds everything; 1 means the whole channel. */
  readonly floor: number | null;
  /** More lies beyond `to`: ask again from there. */
  readonly more: boolean;
  /** Only on messages feeds: the members position under which the content was read or accepted. */
  readonly fence: Fence | null;
  /** Full entities in revision order. */
  readonly items: readonly T[];
}

/** Every delta as it happens, or only heads, coalesced, at most one a second. */
export type SyncMode = 'live' | 'heads';

/** Where a client stands in a feed, and how it wants to take what follows. */
export interface SyncPosition {
  readonly feed: string;
  /** Null or 0 asks for a first snapshot. */
  readonly epoch?: number | null;
  readonly revision?: number | null;
  readonly mode?: SyncMode | null;
  /** For a reader that fetches entities itself: the answer is the head alone, then deltas follow. */
  readonly partial?: boolean;
}

/** The body of `POST /api/v1/sync`. */
export interface SyncRequest {
  /** At most 500 feeds. */
  readonly positions: readonly SyncPosition[];
}

export interface SyncAnswer {
  readonly deltas: readonly Delta[];
  /** Every feed that was neither denied nor failed. */
  readonly heads: readonly Head[];
  readonly denied: readonly string[];
  readonly failed: readonly FailedFeed[];
}

export interface FailedFeed {
  readonly feed: string;
  /** `unknown_feed`, `malformed`, `position_ahead` or `unavailable`. */
  readonly code: string;
  /** Milliseconds after which asking again makes sense; null when it never does. */
  readonly retryAfterMs?: number | null;
}
