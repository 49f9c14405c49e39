import type { Head } from '../protocol/entities.js';
import type { SyncPosition } from '../protocol/sync.js';
import type { LiveReader } from './reader.js';

/** What hears the heads of a feed. */
export type HeadListener = (head: Head) => void;

/** One feed that is watched: live by one reader, or by its heads alone; by how many does not matter to the server. */
export class WatchedFeed {
  reader: LiveReader | null = null;
  readonly heads = new Set<{ readonly hear: HeadListener }>();
  /** The last head that was told. */
  head: Head | null = null;
  /** The mode that this connection has registered, if any. */
  registered: 'live' | 'heads' | null = null;
  denials = 0;

  constructor(readonly feed: string) {}

  get mode(): 'live' | 'heads' | null {
    return this.reader ? 'live' : this.heads.size > 0 ? 'heads' : null;
  }

  get position(): SyncPosition {
    if (!this.reader) return { feed: this.feed, epoch: this.head?.epoch ?? 0, revision: this.head?.revision ?? 0, mode: 'heads' };
    const { epoch, revision } = this.reader.position;
    return { feed: this.feed, epoch, revision, mode: 'live', ...(this.reader.partial ? { partial: true } : {}) };
  }

  tell(head: Head): void {
    const before = this.head;
    if (before && (head.epoch < before.epoch || (head.epoch === before.epoch && head.revision < before.revision))) return;
    // The items of a delta tell only of their own seqs; within an epoch the last one never falls.
    const lastSeq = before?.epoch === head.epoch ? Math.max(before.lastSeq ?? -1, head.lastSeq ?? -1) : (head.lastSeq ?? -1);
    this.head = { feed: head.feed, epoch: head.epoch, revision: head.revision, ...(lastSeq >= 0 ? { lastSeq } : {}) };
    for (const each of [...this.heads]) each.hear(this.head);
  }
}
