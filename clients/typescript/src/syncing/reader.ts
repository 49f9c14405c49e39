import type { Head, Position, Revised } from '../protocol/entities.js';
import type { Delta } from '../protocol/sync.js';
import type { Need } from '../feeds/reader.js';

/** Whoever takes a feed live: a {@link FeedView}, or something that stands in for one. */
export interface LiveReader {
  readonly position: Position;
  /** Entities are fetched by id or page; a sync answers the head alone. */
  readonly partial?: boolean;
  offer(delta: Delta<Revised & never> | Delta): Need;
  needed(): Need;
  isBehind(head: Head): boolean;
  /** A sync brought it to this head. */
  arrived(head: Head): void;
  denied(): void;
  forget(): void;
}
