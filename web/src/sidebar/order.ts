import type { SideBarLine } from '@chatgenius/client';

export interface Section {
  readonly title: 'Starred' | 'Channels' | 'Direct messages';
  readonly lines: readonly SideBarLine[];
}

const byName = (a: SideBarLine, b: SideBarLine) => a.channel.name.localeCompare(b.channel.name);
// Ids are made in the order of time: with no messages at all, the newer conversation is first.
const byNews = (a: SideBarLine, b: SideBarLine) => Number(b.unread > 0) - Number(a.unread > 0) || (a.channel.id < b.channel.id ? 1 : -1);

/** The side bar's sections. Hidden and archived channels are left out while nothing in them waits and they are not open. Pure. */
export function sectionsOf(lines: readonly SideBarLine[], openId: string | null): readonly Section[] {
  const shown = lines.filter(({ channel, membership, unread }) => channel.id === openId || (membership.hidden ? unread > 0 : !channel.archived));
  const starred = shown.filter((line) => line.membership.starred);
  const rest = shown.filter((line) => !line.membership.starred);
  return [
    { title: 'Starred', lines: starred.sort(byName) },
    { title: 'Channels', lines: rest.filter((line) => line.channel.kind !== 'direct').sort(byName) },
    { title: 'Direct messages', lines: rest.filter((line) => line.channel.kind === 'direct').sort(byNews) },
  ];
}
