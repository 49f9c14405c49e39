import type { Head, Id, Time } from './entities.js';
import type { Delta, SyncAnswer, SyncPosition } from './sync.js';

export type PresenceState = 'active' | 'away' | 'offline';

/** Somebody writes in a channel. */
export interface TypingSeen {
  readonly channelId: Id;
  readonly userId: Id;
  /** When to stop showing it, unless it is said again. */
  readonly until: Time;
}

export interface PresenceSeen {
  readonly userId: Id;
  readonly state: PresenceState;
}

/** The connection's token ends then. */
export interface TokenExpiring {
  readonly at: Time;
}

export interface TokenRenewed {
  readonly expiresAt: Time;
}

/** What a client saw of its connection since its last report. */
export interface ConnectionQuality {
  readonly roundTripMs?: number;
  readonly reconnects?: number;
  /** What made the connection drop, by cause. */
  readonly causes?: Readonly<Record<string, number>>;
  readonly gaps?: number;
  readonly transport?: string;
  /** Which client this is. */
  readonly client?: string;
  /** For each of the reconnects, milliseconds until the next connection. */
  readonly awayMs?: readonly number[];
  /** For some of the messages sent, milliseconds until they came back with their channel. */
  readonly postMs?: readonly number[];
  /** Connections that were opened by another transport than WebSockets, by reason. */
  readonly fallbacks?: Readonly<Record<string, number>>;
}

/** Why and how the server closes a connection. */
export interface ConnectionClosing {
  readonly code: number;
  readonly reason: string;
  readonly reconnect: boolean;
  readonly retryAfterMs: number;
}

/** The one table of close codes. */
export const closeCodes = { expired: 4001, sessionEnded: 4002, stalled: 4003, draining: 4004, tooMany: 4005, protocolError: 4006 } as const;

/** What the hub says to a client: the event's name and its argument. */
export interface HubEvents {
  Delta: Delta;
  Heads: readonly Head[];
  Behind: readonly string[];
  Dropped: readonly string[];
  Typing: TypingSeen;
  Presence: readonly PresenceSeen[];
  Expiring: TokenExpiring;
  Closing: ConnectionClosing;
}

/** What a client may ask of the hub. Errors arrive as `code: text`. */
export interface HubMethods {
  Sync(positions: readonly SyncPosition[]): SyncAnswer;
  Unwatch(feeds: readonly string[]): void;
  Typing(channelId: Id): void;
  SetPresence(state: 'active' | 'away'): void;
  WatchPresence(userIds: readonly Id[]): void;
  Renew(accessToken: string): TokenRenewed;
  Report(quality: ConnectionQuality): void;
}

/** The events' names, each bound before the first frame can come. */
export const hubEvents: readonly (keyof HubEvents)[] = ['Delta', 'Heads', 'Behind', 'Dropped', 'Typing', 'Presence', 'Expiring', 'Closing'];

/** The methods' names. */
export const hubMethods: readonly (keyof HubMethods)[] = ['Sync', 'Unwatch', 'Typing', 'SetPresence', 'WatchPresence', 'Renew', 'Report'];
