import type { TokenAnswer } from '../protocol/calls.js';

/** The tokens of a session. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string | null;
  /** Milliseconds since 1970 from which the access token is to be renewed: four fifths of its life. */
  readonly renewAt: number;
  /** Milliseconds since 1970 at which the access token ends. */
  readonly expiresAt: number;
}

/** The tokens of an answer that came at `now`; without a new refresh token the old one stays. Pure. */
export function tokensOf(answer: TokenAnswer, now: number, before: Tokens | null): Tokens {
  const lifeMs = answer.expires_in * 1000;
  return { access: answer.access_token, refresh: answer.refresh_token ?? before?.refresh ?? null, renewAt: now + lifeMs * 0.8, expiresAt: now + lifeMs };
}
