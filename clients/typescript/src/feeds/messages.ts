import type { Message } from '../protocol/entities.js';
import { isNewer } from './keys.js';

/** Messages in the order of their seqs. Lists are replaced, never changed; a list in which nothing changes stays the same object. All pure. */
export type Messages = readonly Message[];

/** The index of the first message whose seq is at or above `seq`. */
export function indexOfSeq(messages: Messages, seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (messages[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const lastSeqOf = (messages: Messages): number => messages.at(-1)?.seq ?? 0;

/** With the items whose seq lies in [from, to]; of two copies the newer stays. */
export function upserted(messages: Messages, items: readonly Message[], from: number, to = Infinity): Messages {
  let next: Message[] | null = null;
  for (const item of items) {
    if (item.seq < from || item.seq > to) continue;
    const now: Messages = next ?? messages;
    const index = indexOfSeq(now, item.seq);
    const held = now[index];
    if (held?.seq !== item.seq) (next ??= [...messages]).splice(index, 0, item);
    else if (isNewer(item, held)) (next ??= [...messages])[index] = item;
  }
  return next ?? messages;
}

/** With newer copies of what is there, and nothing else. */
export function updated(messages: Messages, items: readonly Message[]): Messages {
  return upserted(messages, items.filter((item) => messages[indexOfSeq(messages, item.seq)]?.seq === item.seq), 0);
}

/** From nothing but `items`; what did not change stays the same object. */
export function replaced(messages: Messages, items: readonly Message[], sameEpoch: boolean): Messages {
  const sorted = [...items].sort((a, b) => a.seq - b.seq);
  if (!sameEpoch) return sorted;
  return sorted.map((item) => {
    const held = messages[indexOfSeq(messages, item.seq)];
    return held?.seq === item.seq && held.revision === item.revision ? held : item;
  });
}
