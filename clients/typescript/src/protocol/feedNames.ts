import type { Id } from './entities.js';

/** The kinds of feed there are. */
export type FeedKind = 'messages' | 'members' | 'userChannels' | 'reads' | 'users';

const id = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const forms: readonly (readonly [FeedKind, RegExp])[] = [
  ['messages', new RegExp(`^channels/(${id})/messages$`)],
  ['members', new RegExp(`^channels/(${id})/members$`)],
  ['userChannels', new RegExp(`^users/(${id})/channels$`)],
  ['reads', new RegExp(`^users/(${id})/reads$`)],
];

/** The only place that builds or reads feed names. */
export const feedNames = {
  messages: (channelId: Id): string => `channels/${channelId}/messages`,
  members: (channelId: Id): string => `channels/${channelId}/members`,
  userChannels: (userId: Id): string => `users/${userId}/channels`,
  reads: (userId: Id): string => `users/${userId}/reads`,
  users: 'users',

  /** The kind of a feed and the channel's or user's id, empty for `users`; null when it is not a feed's name. */
  parse(feed: string): { readonly kind: FeedKind; readonly id: Id } | null {
    if (feed === 'users') return { kind: 'users', id: '' };
    for (const [kind, form] of forms) {
      const match = form.exec(feed);
      if (match?.[1] !== undefined) return { kind, id: match[1] };
    }
    return null;
  },
} as const;
