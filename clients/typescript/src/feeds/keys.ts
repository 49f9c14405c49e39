import type { MembersItem, MyChannel, ReadPosition, Revised, User } from '../protocol/entities.js';

/** How an entity of a feed is told from the others. */
export const keys = {
  members: (item: MembersItem): string => (item.type === 'channel' ? 'channel' : item.userId),
  userChannels: (item: MyChannel): string => item.channelId,
  reads: (item: ReadPosition): string => item.channelId,
  users: (item: User): string => item.id,
};

/** Of two copies of an entity the higher revision wins. */
export const isNewer = (item: Revised, held: Revised | undefined): boolean => held === undefined || item.revision > held.revision;
