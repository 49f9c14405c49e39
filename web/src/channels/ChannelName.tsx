import type { Channel } from '@chatgenius/client';
import { Icon } from '../look/icons';
import { Avatar } from '../people/Avatar';
import { useDirectPeople, useNames } from './direct';

/** What a channel is called, in words. */
export function useChannelName(channel: Channel): string {
  const people = useDirectPeople(channel.id);
  const names = useNames(people);
  return channel.kind === 'direct' ? names || 'Direct message' : channel.name;
}

/** The sign before a channel's name. */
export function ChannelSign({ channel, size = 18, presence = true }: { channel: Channel; size?: number; presence?: boolean }) {
  const people = useDirectPeople(channel.id);
  if (channel.kind !== 'direct') return <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={size} />;
  if (people.length > 1) return <span className="several" style={{ width: size + 4, height: size + 4 }} aria-hidden="true">{people.length}</span>;
  return people[0] ? <Avatar userId={people[0]} size={size + 4} presence={presence} /> : <span style={{ width: size + 4 }} />;
}
