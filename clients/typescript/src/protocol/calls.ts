import type { Channel, ChannelKind, Fence, Head, Id, MemberRole, Membership, Message, MyChannel, NotifyWhen, Position, User } from './entities.js';

/** The body of `POST /api/v1/users`. */
export interface RegisterUser {
  /** 1 to 64 ASCII letters, digits and `. _ - @ +`; unique without regard to case. */
  readonly username: string;
  /** 8 to 128 characters of any kind. */
  readonly password: string;
  readonly displayName?: string | null;
  /** For the operator's use only; never public. */
  readonly email?: string | null;
}

/** The body of `PATCH /api/v1/users/me`; what is absent stays. */
export interface ChangeProfile {
  readonly displayName?: string | null;
  readonly statusText?: string | null;
}

/** The body of `PUT /api/v1/users/{id}/active`, for administrators. */
export interface SetActive {
  readonly active: boolean;
}

export interface UserPage {
  readonly items: readonly User[];
  readonly next?: string | null;
  readonly feed: Position;
}

/** The answer of `POST /api/v1/realtime/ticket`. */
export interface RealtimeTicket {
  readonly ticket: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** The body of `POST /api/v1/channels`. */
export interface CreateChannel {
  readonly kind: ChannelKind;
  /** Needed for public and private channels; ignored for direct ones. */
  readonly name?: string | null;
  readonly topic?: string | null;
  /** At most 100. */
  readonly memberIds?: readonly Id[] | null;
  /** Makes the call idempotent for its author. */
  readonly clientId?: Id | null;
}

export interface CreatedChannel {
  readonly channel: Channel;
  readonly members: Fence;
}

/** The body of `PATCH /api/v1/channels/{id}`; what is absent stays. */
export interface ChangeChannel {
  readonly name?: string | null;
  readonly topic?: string | null;
  readonly archived?: boolean | null;
}

export interface ChangedChannel {
  readonly channel: Channel;
  readonly members: Fence;
}

export interface ChannelPage {
  readonly items: readonly Channel[];
  readonly next?: string | null;
}

export interface MembersPage {
  /** Present members, in the order of their user ids. */
  readonly items: readonly Membership[];
  readonly next?: string | null;
  readonly feed: Position;
}

/** The body of `PUT …/members/{userId}`. */
export interface PutMember {
  /** Null keeps the present role, or makes a new member a `member`. */
  readonly role?: MemberRole | null;
}

export interface ChangedMembership {
  readonly membership: Membership;
  readonly members: Fence;
}

/** A line of a side bar. */
export interface SideBarChannel {
  readonly channel: Channel;
  readonly membership: MyChannel;
  /** The head of the channel's messages feed. */
  readonly head: Head;
  readonly lastSeq: number;
  readonly unread: number;
  readonly mentions: number;
  readonly readSeq: number;
}

/** The answer of `GET /api/v1/users/me/channels`. */
export interface SideBarPage {
  readonly items: readonly SideBarChannel[];
  readonly next?: string | null;
  /** The position in `users/{id}/channels` at which the list was read. */
  readonly feed: Position;
}

/** The body of `PATCH /api/v1/users/me/channels/{id}`; what is absent stays. */
export interface ChangeMyChannel {
  readonly starred?: boolean | null;
  readonly muted?: boolean | null;
  readonly hidden?: boolean | null;
  readonly notify?: NotifyWhen | null;
}

/** The body of `POST …/messages`. */
export interface PostMessage {
  /** Made by the client; makes the call idempotent for its author, for ever. */
  readonly clientId: Id;
  /** 1 to 16,000 code points. */
  readonly text: string;
  readonly threadId?: Id | null;
  /** At most 50 user ids. */
  readonly mentions?: readonly Id[] | null;
  /** The newest members position that the client knows of. */
  readonly members?: Fence | null;
}

/** The body of `PATCH …/messages/{id}`. */
export interface EditMessage {
  readonly text: string;
  readonly members?: Fence | null;
}

/** A page of history in seq order, read in one snapshot. */
export interface MessagePage {
  readonly items: readonly Message[];
  /** The caller's own reactions, by message id. */
  readonly mine: Readonly<Record<Id, readonly string[]>>;
  readonly feed: Position;
  readonly fence: Fence;
}

/** One message with the position at which it was read. */
export interface MessageItem {
  readonly item: Message;
  readonly mine: readonly string[];
  readonly feed: Position;
  readonly fence: Fence;
}

/** The body of `PUT …/channels/{id}/read`. */
export interface ReadUpTo {
  readonly seq: number;
  /** True lets the position move back. */
  readonly force?: boolean;
}

/** The answer of `GET /api/v1/config`. */
export interface PublicConfig {
  readonly version: string;
  readonly publicUrl: string;
  /** The first user of an empty deployment can always register. */
  readonly registration: 'open' | 'closed';
  readonly clientId: string;
  readonly limits: PublicLimits;
  readonly rates: PublicRates;
}

export interface PublicLimits {
  readonly text: number;
  readonly channelName: number;
  readonly topic: number;
  readonly username: number;
  readonly displayName: number;
  readonly statusText: number;
  readonly passwordMin: number;
  readonly passwordMax: number;
  readonly emojiBytes: number;
  readonly reactionsPerMessage: number;
  readonly mentions: number;
  readonly membersPerCall: number;
  readonly pageDefault: number;
  readonly pageMax: number;
  readonly syncPositions: number;
  readonly deltaBytes: number;
  readonly bodyBytes: number;
}

export interface PublicRates {
  readonly commandsPerSecond: number;
  readonly commandBurst: number;
  readonly signInsPerMinuteAndAccount: number;
  readonly signInsPerMinuteAndAddress: number;
  readonly registrationsPerMinuteAndAddress: number;
}

/** An entry of `GET /api/v1/errors`. */
export interface ErrorCode {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
}

export interface ErrorCodePage {
  readonly items: readonly ErrorCode[];
  readonly next?: string | null;
}

/** Problem details (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  /** What programs compare. */
  readonly code: string;
  readonly traceId: string;
  /** For code `invalid`: what is wrong with each field. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

/** The answer of `POST /connect/token`. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly refresh_token?: string | null;
  readonly id_token?: string | null;
}
