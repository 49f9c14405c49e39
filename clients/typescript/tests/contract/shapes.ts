import type * as sdk from '../../src/index.js';
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
  [S in Exclude<keyof Published, 'TokenForm' | 'UserInfo'>]: S extends keyof Mine ? Matches<Mine[S], Published[S]> : { missing: S };
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

type Failures = { [S in keyof Checks as Checks[S] extends true ? never : S]: Checks[S] };

/** Compiles only while there is none. */
export const failures: Failures = {};
