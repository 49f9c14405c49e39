import { backOffAfter, type BackOff } from '../time/backOff.js';
import type { Chance } from '../time/chance.js';
import { causes, type Cause } from './causes.js';

/**
 * `idle`: not started. `connecting`: trying. `catchingUp`: connected, reading what was missed. `live`: at head in every feed that is watched.
 * `offline`: not connected, tries again at `retryAt` or when something says that it may work sooner. `ended`: over for good.
 */
export type Phase = 'idle' | 'connecting' | 'catchingUp' | 'live' | 'offline' | 'ended';

export interface ConnectionState {
  readonly phase: Phase;
  /** Why it is offline or ended, or is being tried again; null while nothing is wrong. */
  readonly cause: Cause | null;
  /** Milliseconds since 1970 of the next try; null unless offline. */
  readonly retryAt: number | null;
  /** Tries in a row that did not lead to a connection that lasted. */
  readonly failures: number;
  /** `WebSockets`, `ServerSentEvents` or `LongPolling`, while connected. */
  readonly transport: string | null;
}

export type Happening =
  | { readonly kind: 'start' | 'try' | 'caughtUp' | 'behind' | 'lasted' }
  | { readonly kind: 'opened'; readonly transport: string | null }
  | { readonly kind: 'lost'; readonly cause: Cause; readonly retryAfterMs?: number | null };

export interface Conditions {
  readonly now: number;
  readonly chance: Chance;
  readonly backOff: BackOff;
  /** Nobody looks: no wait is shorter than this many milliseconds; 0 where somebody does. */
  readonly leastMs: number;
}

export const idle: ConnectionState = { phase: 'idle', cause: null, retryAt: null, failures: 0, transport: null };

/** The one function of transitions. What cannot happen in a state changes nothing. Pure. */
export function step(state: ConnectionState, happening: Happening, conditions: Conditions): ConnectionState {
  const connected = state.phase === 'catchingUp' || state.phase === 'live';
  if (state.phase === 'ended') return state;
  switch (happening.kind) {
    case 'start':
      return state.phase === 'idle' ? { ...state, phase: 'connecting' } : state;
    case 'try':
      return state.phase === 'offline' ? { ...state, phase: 'connecting', retryAt: null } : state;
    case 'opened':
      return state.phase === 'connecting' ? { ...state, phase: 'catchingUp', cause: null, transport: happening.transport } : state;
    case 'caughtUp':
      return state.phase === 'catchingUp' ? { ...state, phase: 'live' } : state;
    case 'behind':
      return state.phase === 'live' ? { ...state, phase: 'catchingUp' } : state;
    case 'lasted':
      return connected && state.failures > 0 ? { ...state, failures: 0 } : state;
    case 'lost':
      return lost(state, happening.cause, happening.retryAfterMs ?? null, conditions);
  }
}

function lost(state: ConnectionState, cause: Cause, saidMs: number | null, { now, chance, backOff, leastMs }: Conditions): ConnectionState {
  const { comesBack, waits } = causes[cause];
  if (!comesBack) return { phase: 'ended', cause, retryAt: null, failures: state.failures, transport: null };
  if (state.phase === 'idle') return state;
  const grown = backOffAfter(state.failures, backOff, chance);
  // Spread over half as long again what all were told alike, or they come back as one.
  const wait = waits === 'asSaid' && saidMs !== null ? Math.max(saidMs * (1 + chance() / 2), state.failures > 0 ? grown : 0) : grown;
  return { phase: 'offline', cause, retryAt: now + Math.round(Math.max(wait, leastMs)), failures: state.failures + 1, transport: null };
}
