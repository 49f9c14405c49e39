import type { TimelineEntry } from '@chatgenius/client';
import { describe, expect, it } from 'vitest';
import { indexOf, placed, rowsOf, unplaced } from '../src/timeline/rows';

const noon = Date.UTC(2026, 0, 5, 12);

function entry(seq: number, { author = 'ann', minutes = 0, ...rest }: { author?: string; minutes?: number; threadId?: string; deleted?: boolean; replyCount?: number } = {}): TimelineEntry {
  const message = { id: `m${seq}`, seq, authorId: author, clientId: `c${seq}`, threadId: null, deleted: false, replyCount: 0, createdAt: new Date(noon + minutes * 60_000).toISOString(), ...rest };
  return { kind: 'message', key: `${author}/c${seq}`, message: message as never, mine: [] };
}

const seqs = (entries: readonly TimelineEntry[]) => rowsOf(entries, null, 'me').map((row) => row.entry.kind === 'message' && row.entry.message.seq);

describe('rows', () => {
  it('leave replies to their threads, and of what was deleted only what carries a thread', () => {
    expect(seqs([entry(1), entry(2, { threadId: 'm1' }), entry(3, { deleted: true }), entry(4, { deleted: true, replyCount: 2 })])).toEqual([1, 4]);
  });

  it('stand together while one author writes on, and begin anew after five minutes or a day', () => {
    const rows = rowsOf([entry(1), entry(2, { minutes: 4 }), entry(3, { minutes: 10 }), entry(4, { minutes: 11, author: 'bob' }), entry(5, { minutes: 24 * 60, author: 'bob' })], null, 'me');
    expect(rows.map((row) => row.first)).toEqual([true, false, true, true, true]);
    expect(rows.map((row) => row.day !== null)).toEqual([true, false, false, false, true]);
  });

  it('mark the first unread message of somebody else', () => {
    const rows = rowsOf([entry(1), entry(2, { author: 'me' }), entry(3), entry(4)], 1, 'me');
    expect(rows.map((row) => row.unread)).toEqual([false, false, true, false]);
  });
});

describe('placing', () => {
  const of = (...list: number[]) => rowsOf(list.map((seq) => entry(seq)), null, 'me');

  it('keeps the index of what stays, when older ones come before it and when the oldest go', () => {
    const first = placed(unplaced, of(5, 6, 7));
    const older = placed(first, of(3, 4, 5, 6, 7));
    expect(older.first).toBe(first.first - 2);
    const fewer = placed(older, of(6, 7, 8));
    expect(fewer.first).toBe(first.first + 1);
    expect(fewer.generation).toBe(first.generation);
  });

  it('begins anew when nothing stays', () => {
    const first = placed(unplaced, of(50, 51));
    expect(placed(first, of(1, 2)).generation).toBe(first.generation + 1);
  });

  it('finds the row of a seq, or the next one', () => {
    expect(indexOf(of(2, 4, 6), 3)).toBe(1);
    expect(indexOf(of(2, 4, 6), 9)).toBe(2);
  });
});
