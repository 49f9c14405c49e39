import type * as sdk from '../../src/index.js';
import type { HubEvents, HubMethods, TokenExpiring, TokenRenewed } from '../../src/protocol/hub.js';
import type { components as hub } from './hub.js';
import type { components } from './openapi.js';

type Published = components['schemas'];

/** The same members, null where the published one may be null, and each fits the published one. What the SDK says more exactly (a kind, a time) fits; what it says otherwise does not compile. */
type Matches<Mine, Theirs> = [keyof Mine, keyof Theirs] extends [keyof Theirs, keyof Mine]
  ? Mutable<Mine> extends Theirs
    ? NotNull<Mine, Theirs> extends never
      ? true
      : { mayBeNull: NotNull<Mine, Theirs> }
    : { doesNotFit: Mine }
  : { differs: Exclude<keyof Mine, keyof Theirs> | Exclude<keyof Theirs, keyof Mine> };

type NotNull<Mine, Theirs> = { [K in keyof Mine & keyof Theirs]-?: unknown extends Theirs[K] ? never : null extends Theirs[K] ? (null extends Mine[K] ? never : K) : never }[keyof Mine & keyof Theirs];

type Mutable<T> = T extends readonly (infer I)[] ? Mutable<I>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** Every published schema, and the type that stands for it here. A schema that is new is missing here and does not compile. */
type Checks = {
  [S in Exclude<keyof Published, 'TokenForm' | 'UserInfo' | 'OAuthError' | 'RevocationForm' | 'Discovery' | 'SigningKey' | 'SigningKeys'>]: S extends keyof Mine ? Matches<Mine[S], Published[S]> : { missing: S };
};

interface Mine {
  ChangeChannel: sdk.ChangeChannel;
  ChangeMyChannel: sdk.ChangeMyChannel;
  ChangeProfile: sdk.ChangeProfile;
  ChangedChannel: sdk.ChangedChannel;
  ChangedMembership: sdk.ChangedMembership;
  Channel: sdk.Channel;
  CreateChannel: sdk.CreateChannel;
  CreatedChannel: sdk.CreatedChannel;
  Delta: sdk.Delta;
  EditMessage: sdk.EditMessage;
  ErrorCode: sdk.ErrorCode;
  FailedFeed: sdk.FailedFeed;
  Fence: sdk.Fence;
  Head: sdk.Head;
  MembersPage: sdk.MembersPage;
  Membership: sdk.Membership;
  Message: sdk.Message;
  MessageItem: sdk.MessageItem;
  MessagePage: sdk.MessagePage;
  MyChannel: sdk.MyChannel;
  PageOfChannel: sdk.ChannelPage;
  PageOfErrorCode: sdk.ErrorCodePage;
  Position: sdk.Position;
  PostMessage: sdk.PostMessage;
  Problem: sdk.Problem;
  PublicConfig: sdk.PublicConfig;
  PublicLimits: sdk.PublicLimits;
  PublicRates: sdk.PublicRates;
  PutMember: sdk.PutMember;
  Reaction: sdk.Reaction;
  ReadPosition: sdk.ReadPosition;
  ReadUpTo: sdk.ReadUpTo;
  RealtimeTicket: sdk.RealtimeTicket;
  RegisterUser: sdk.RegisterUser;
  SetActive: sdk.SetActive;
  SideBar: sdk.SideBarPage;
  SideBarChannel: sdk.SideBarChannel;
  SyncAnswer: sdk.SyncAnswer;
  SyncPosition: sdk.SyncPosition;
  SyncRequest: sdk.SyncRequest;
  TokenAnswer: sdk.TokenAnswer;
  User: sdk.User;
  UserPage: sdk.UserPage;
}

type Said = hub['schemas'];

/** What the hub is told; all else it says. */
type ToldKeys = 'ConnectionQuality' | 'HubArguments' | 'SyncPosition';

/** The same for the hub: what arrives fits what is read here, and what is sent from here fits what is taken there. */
type HubChecks = { [S in keyof Said]: S extends keyof HubMine ? (S extends ToldKeys ? Sends<HubMine[S], Said[S]> : Arrives<HubMine[S], Said[S]>) : { missing: S } };

type Sends<Mine, Theirs> = SameKeys<Mine, Theirs> extends true ? (Mutable<Mine> extends Theirs ? true : { doesNotFit: Mine }) : SameKeys<Mine, Theirs>;
type Arrives<Mine, Theirs> = SameKeys<Mine, Theirs> extends true ? (Theirs extends Mutable<Mine> ? true : { isReadAs: Mine }) : SameKeys<Mine, Theirs>;
type SameKeys<Mine, Theirs> = [keyof Mine, keyof Theirs] extends [keyof Theirs, keyof Mine] ? true : { differs: Exclude<keyof Mine, keyof Theirs> | Exclude<keyof Theirs, keyof Mine> };

type Heard = { [M in keyof HubMethods]: Parameters<HubMethods[M]>[0] };
type Answered = { [M in keyof HubMethods as ReturnType<HubMethods[M]> extends void ? never : M]: ReturnType<HubMethods[M]> };

interface HubMine extends Pick<Mine, 'Delta' | 'FailedFeed' | 'Fence' | 'Head' | 'Message' | 'MyChannel' | 'Position' | 'Reaction' | 'ReadPosition' | 'SyncAnswer' | 'SyncPosition' | 'User'> {
  ConnectionClosing: sdk.ConnectionClosing;
  ConnectionQuality: sdk.ConnectionQuality;
  FeedChannel: sdk.Channel & { readonly type: 'channel' };
  FeedMembership: sdk.Membership & { readonly type: 'member' };
  HubArguments: Heard;
  HubEvents: HubEvents;
  HubResults: Answered;
  PresenceSeen: sdk.PresenceSeen;
  TokenExpiring: TokenExpiring;
  TokenRenewed: TokenRenewed;
  TypingSeen: sdk.TypingSeen;
}

type Failures = { [S in keyof Checks as Checks[S] extends true ? never : S]: Checks[S] };
type HubFailures = { [S in keyof HubChecks as HubChecks[S] extends true ? never : S]: HubChecks[S] };

/** Compiles only while there is none. */
export const failures: Failures & HubFailures = {};
