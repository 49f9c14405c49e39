/** A UUID in lower case. */
export type Id = string;

/** RFC 3339, UTC, three decimals. */
export type Time = string;

/** What every entity of a feed has: the feed revision of its last change. */
export interface Revised {
  readonly revision: number;
}

/** A public profile; an entity of the `users` feed. */
export interface User extends Revised {
  readonly id: Id;
  readonly username: string;
  readonly displayName: string;
  /** What the user says about being here; empty when nothing was said. */
  readonly statusText: string;
  readonly avatarFileId?: Id | null;
  /** False when the account was deactivated. */
  readonly active: boolean;
  /** Only where one profile is fetched: where the `users` feed stood then. */
  readonly feed?: Position | null;
}

export type ChannelKind = 'public' | 'private' | 'direct';
export type MemberRole = 'owner' | 'moderator' | 'member';
export type NotifyWhen = 'all' | 'mentions' | 'none';

/** A channel; an entity of its members feed. */
export interface Channel extends Revised {
  readonly id: Id;
  readonly kind: ChannelKind;
  /** Empty for a direct channel. */
  readonly name: string;
  readonly topic: string;
  readonly archived: boolean;
  readonly createdBy: Id;
  readonly createdAt: Time;
  readonly memberCount: number;
  /** Only where one channel is fetched: where its members feed stood then. */
  readonly feed?: Position | null;
}

/** A user's membership of a channel; an entity of the members feed. */
export interface Membership extends Revised {
  readonly channelId: Id;
  readonly userId: Id;
  readonly role: MemberRole;
  readonly joinedAt: Time;
  /** True for the tombstone of a membership. */
  readonly left: boolean;
}

/** One's own view of a membership; an entity of `users/{id}/channels`. */
export interface MyChannel extends Revised {
  readonly channelId: Id;
  readonly role: MemberRole;
  readonly starred: boolean;
  readonly muted: boolean;
  readonly hidden: boolean;
  readonly notify: NotifyWhen;
  readonly left: boolean;
}

/** One's read position in a channel; an entity of `users/{id}/reads`. */
export interface ReadPosition extends Revised {
  readonly channelId: Id;
  readonly seq: number;
  /** How many messages beyond `seq` mention the user. */
  readonly mentions: number;
}

/** All reactions to a message with one emoji. */
export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  /** The first 20 who reacted. */
  readonly userIds: readonly Id[];
}

/** A message; an entity of its channel's messages feed. A tombstone (`deleted`) keeps its numbers and loses its content. */
export interface Message extends Revised {
  readonly id: Id;
  readonly channelId: Id;
  /** Its immutable place in the channel: 1, 2, 3 … */
  readonly seq: number;
  readonly authorId: Id;
  readonly clientId: Id;
  /** Null in a tombstone. */
  readonly text: string | null;
  /** The message whose thread this one answers in; null outside threads. */
  readonly threadId: Id | null;
  readonly replyCount: number;
  readonly lastReplyAt: Time | null;
  readonly mentions: readonly Id[];
  readonly attachments: readonly unknown[];
  readonly reactions: readonly Reaction[];
  readonly pinned: boolean;
  readonly createdAt: Time;
  readonly editedAt: Time | null;
  readonly deleted: boolean;
}

/** An item of a members feed. */
export type MembersItem = ({ readonly type: 'channel' } & Channel) | ({ readonly type: 'member' } & Membership);

/** Where a reader stands in a feed: it holds every entity last changed at or below `revision`. Epoch 0 holds nothing. */
export interface Position extends Revised {
  readonly feed: string;
  readonly epoch: number;
}

/** A place in a channel's members feed, without its name: what fences content. */
export interface Fence extends Revised {
  readonly epoch: number;
}

/** The head of a feed as its owner sees it. */
export interface Head extends Position {
  /** Only on messages feeds: the seq of the last message, 0 when there is none. */
  readonly lastSeq?: number | null;
}
