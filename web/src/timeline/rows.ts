import type { TimelineEntry } from '@chatgenius/client';

/** One row of a timeline. */
export interface Row {
  readonly key: string;
  readonly entry: TimelineEntry;
  /** A day begins here: any time of it in milliseconds; null else. */
  readonly day: number | null;
  /** What the reader has not read begins here. */
  readonly unread: boolean;
  /** The first of its author's in a row; the others stand below it without a name. */
  readonly first: boolean;
}

const togetherMs = 5 * 60_000;

export const authorOf = (entry: TimelineEntry): string => (entry.kind === 'message' ? entry.message.authorId : entry.outgoing.authorId);
export const timeOf = (entry: TimelineEntry): number => (entry.kind === 'message' ? Date.parse(entry.message.createdAt) : entry.outgoing.writtenAt);
export const seqOf = (entry: TimelineEntry): number => (entry.kind === 'message' ? entry.message.seq : Infinity);

const isShown = (entry: TimelineEntry): boolean =>
  entry.kind === 'message' ? entry.message.threadId === null && (!entry.message.deleted || entry.message.replyCount > 0) : entry.outgoing.threadId === null;

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();

/** The rows for entries: replies stand in their threads, and what was deleted leaves a trace only where a thread hangs on it. Pure. */
export function rowsOf(entries: readonly TimelineEntry[], readSeq: number | null, me: string): readonly Row[] {
  const rows: Row[] = [];
  let before: Row | null = null;
  let marked = readSeq === null;
  for (const entry of entries.filter(isShown)) {
    const time = timeOf(entry);
    const day: number | null = before && sameDay(timeOf(before.entry), time) ? null : time;
    const unread = !marked && entry.kind === 'message' && entry.message.seq > readSeq! && entry.message.authorId !== me;
    marked ||= unread;
    const first: boolean = day !== null || unread || !before || authorOf(before.entry) !== authorOf(entry) || time - timeOf(before.entry) > togetherMs;
    before = { key: entry.key, entry, day, unread, first };
    rows.push(before);
  }
  return rows;
}

/** Where a list of rows stands in the whole that nobody knows the size of. */
export interface Placing {
  /** The index of the first row. */
  readonly first: number;
  /** Another number: nothing that was shown before is shown now. */
  readonly generation: number;
  readonly rows: readonly Row[];
}

const middle = 1_000_000;

export const unplaced: Placing = { first: middle, generation: 0, rows: [] };

/** Gives new rows their place, so that those which stay keep their index. Pure. */
export function placed(before: Placing, rows: readonly Row[]): Placing {
  if (rows === before.rows) return before;
  if (rows.length === 0 || before.rows.length === 0) return { ...before, rows };
  const held = new Map(before.rows.map((row, i) => [row.key, i]));
  for (let i = 0; i < rows.length; i++) {
    const was = held.get(rows[i]!.key);
    if (was !== undefined) return { first: before.first + was - i, generation: before.generation, rows };
  }
  return { first: middle, generation: before.generation + 1, rows };
}

/** The index of the first row at or after a seq; the last row's if there is none. Pure. */
export function indexOf(rows: readonly Row[], seq: number): number {
  const index = rows.findIndex((row) => seqOf(row.entry) >= seq);
  return index < 0 ? Math.max(0, rows.length - 1) : index;
}
