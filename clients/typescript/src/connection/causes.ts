import { closeCodes, type ConnectionClosing } from '../protocol/hub.js';
import { ChatApiError, SignedOutError } from '../api/refusal.js';

/** Why a connection is not there. */
export type Cause =
  | 'expired' | 'sessionEnded' | 'stalled' | 'draining' | 'tooMany' | 'protocolError'
  | 'cut' | 'unauthenticated' | 'unavailable' | 'unreachable' | 'refused' | 'deviceOffline' | 'silent' | 'noUpgrade'
  | 'signedOut' | 'stopped';

export interface Treatment {
  /** What happened, for people. */
  readonly means: string;
  /** False: the connection is over for good. */
  readonly comesBack: boolean;
  /** How long it stays away: a back-off that grows with each failure, or what the server said (then a back-off if it said nothing). */
  readonly waits: 'backOff' | 'asSaid';
  /** The access token is renewed before it comes back. */
  readonly renews: boolean;
}

/** The one table of causes: each has one transition. */
export const causes: Readonly<Record<Cause, Treatment>> = {
  expired: { means: '4001: the access token ended', comesBack: true, waits: 'asSaid', renews: true },
  sessionEnded: { means: '4002: the session ended', comesBack: false, waits: 'asSaid', renews: false },
  stalled: { means: '4003: this client did not read for too long', comesBack: true, waits: 'asSaid', renews: false },
  draining: { means: '4004: the server shuts down', comesBack: true, waits: 'asSaid', renews: false },
  tooMany: { means: '4005: too many connections of one user', comesBack: true, waits: 'asSaid', renews: false },
  protocolError: { means: '4006: this client broke the protocol', comesBack: false, waits: 'asSaid', renews: false },
  cut: { means: '1006, or any close without a word: the line was cut', comesBack: true, waits: 'backOff', renews: false },
  unauthenticated: { means: '401: the server does not take the token', comesBack: true, waits: 'backOff', renews: true },
  unavailable: { means: '503 and other 5xx, 408, 429: the server cannot now', comesBack: true, waits: 'asSaid', renews: false },
  unreachable: { means: 'nobody answers: DNS, refused, no route', comesBack: true, waits: 'backOff', renews: false },
  refused: { means: 'any other answer than the hub’s: a wrong address, or something in between', comesBack: true, waits: 'backOff', renews: false },
  deviceOffline: { means: 'the device says that it is offline', comesBack: true, waits: 'backOff', renews: false },
  silent: { means: 'nothing was heard for too long', comesBack: true, waits: 'backOff', renews: false },
  noUpgrade: { means: 'a proxy does not let WebSockets through: another transport is used', comesBack: true, waits: 'backOff', renews: false },
  signedOut: { means: 'signed out, here or in another tab', comesBack: false, waits: 'asSaid', renews: false },
  stopped: { means: 'this client was stopped', comesBack: false, waits: 'asSaid', renews: false },
};

/** The cause that a close code stands for; a code that is not known is treated by what the server said of it. Pure. */
export function causeOfClosing(closing: ConnectionClosing): Cause {
  const known = (Object.keys(closeCodes) as (keyof typeof closeCodes)[]).find((name) => closeCodes[name] === closing.code);
  return known ?? (closing.reconnect ? 'draining' : 'protocolError');
}

/** What was noticed of a line that failed to open or was lost. */
export interface Lost {
  readonly cause: Cause;
  /** What the server said about coming back. */
  readonly retryAfterMs?: number | null;
}

/** What one saw of HTTP while a line was opened. */
export interface Seen {
  /** The status of the last refusal, if there was one. */
  readonly status: number | null;
  /** A WebSocket was tried and did not open. */
  readonly upgradeFailed: boolean;
}

/** Why a line did not open or ended. Pure. */
export function causeOf(failure: unknown, seen: Seen): Lost {
  if (failure instanceof SignedOutError) return { cause: 'sessionEnded' };
  if (failure instanceof ChatApiError) return { cause: causeOfStatus(failure.status), retryAfterMs: failure.retryAfterMs };
  if (seen.status !== null) return { cause: causeOfStatus(seen.status) };
  const text = failure instanceof Error ? failure.message : '';
  if (text.includes('Server timeout elapsed')) return { cause: 'silent' };
  if (seen.upgradeFailed) return { cause: 'noUpgrade' };
  if (failure instanceof TypeError || (failure instanceof Error && failure.name === 'UnreachableError')) return { cause: 'unreachable' };
  return { cause: 'cut' };
}

function causeOfStatus(status: number): Cause {
  if (status === 401) return 'unauthenticated';
  return status === 408 || status === 429 || status >= 500 ? 'unavailable' : 'refused';
}
