import type { MessagePage, SideBarChannel } from '../protocol/calls.js';
import type { Message, Revised } from '../protocol/entities.js';
import type { SideBarLine } from '../store/sideBar.js';
import { updated } from '../feeds/messages.js';

/** The data of an infinite query of history. */
export interface HistoryData {
  readonly pages: readonly MessagePage[];
  readonly pageParams: readonly unknown[];
}

/** With newer copies of what its pages hold. Pure, as all here; what does not change stays the same object. */
export function historyWith(data: HistoryData | undefined, items: readonly Message[]): HistoryData | undefined {
  if (!data) return data;
  const pages = data.pages.map((page) => pageWith(page, items));
  return pages.every((page, i) => page === data.pages[i]) ? data : { ...data, pages };
}

export function pageWith(page: MessagePage, items: readonly Message[]): MessagePage {
  const next = updated(page.items, items);
  return next === page.items ? page : { ...page, items: next };
}

/** True when a message is newer than the newest page: only the server knows what lies between. */
export const isBeyond = (data: HistoryData | undefined, items: readonly Message[]): boolean => data !== undefined && items.some((item) => item.seq > (data.pages[0]?.items.at(-1)?.seq ?? 0));

/** Of two copies the newer. */
export const newer = <T extends Revised>(held: T | undefined, item: T): T | undefined => (held && item.revision > held.revision ? item : held);

/** A list of channels as its lines are; null when it lacks a line, or has one too many: only the server knows the rest of that one. */
export function sideBarWith(data: readonly SideBarChannel[] | undefined, lines: readonly SideBarLine[]): readonly SideBarChannel[] | null {
  if (!data || data.length !== lines.length) return null;
  const held = new Map(data.map((each) => [each.channel.id, each]));
  if (lines.some((line) => !held.has(line.channel.id))) return null;
  const known = new Map(lines.map((line) => [line.channel.id, line]));
  return data.map((each) => {
    const { channel, membership, lastSeq, unread, mentions, readSeq } = known.get(each.channel.id)!;
    const same = each.channel === channel && each.membership === membership && each.lastSeq === lastSeq && each.unread === unread && each.mentions === mentions && each.readSeq === readSeq;
    return same ? each : { ...each, channel, membership, lastSeq, unread, mentions, readSeq };
  });
}

