import type { Id } from '../protocol/entities.js';

/** The keys of this adapter's queries. */
export const chatKeys = {
  all: ['chatgenius'] as const,
  sideBar: () => ['chatgenius', 'sideBar'] as const,
  history: (channelId: Id) => ['chatgenius', 'history', channelId] as const,
  thread: (channelId: Id, messageId: Id) => ['chatgenius', 'thread', channelId, messageId] as const,
  members: (channelId: Id) => ['chatgenius', 'members', channelId] as const,
  channel: (channelId: Id) => ['chatgenius', 'channel', channelId] as const,
  profile: (userId: Id) => ['chatgenius', 'profile', userId] as const,
};
