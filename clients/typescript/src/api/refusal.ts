import type { Problem } from '../protocol/calls.js';

/** A refusal by the server. */
export class ChatApiError extends Error {
  override readonly name = 'ChatApiError';

  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** The stable code; see `GET /api/v1/errors`. Empty when the answer was none of ChatGenius's. */
    readonly code: string,
    /** What is wrong and what to do. */
    readonly detail: string,
    /** How long to wait, when the server said so. */
    readonly retryAfterMs: number | null = null,
    /** What the operator finds this call by. */
    readonly traceId: string | null = null,
    /** For code `invalid`: what is wrong with each field. */
    readonly errors: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super(`${status} ${code}: ${detail}`);
  }

  /** True when the same call may succeed later. */
  get isPassing(): boolean {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Nobody answered: away, cut off, or out of time. Whether the server took the call is not known. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** There is no session, or it has ended: sign in again. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';
}

/** Reads a refusal; the body may be of something in between, then its status says enough. Pure. */
export function refusalOf(status: number, body: string, retryAfter: string | null, now: number): ChatApiError {
  const problem = parsed(body);
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return new ChatApiError(
    status,
    text(problem['code']) || text(problem['error']),
    text(problem['detail']) || text(problem['error_description']) || text(problem['title']),
    retryAfterMs(retryAfter, now),
    text(problem['traceId']) || null,
    typeof problem['errors'] === 'object' && problem['errors'] !== null ? (problem['errors'] as NonNullable<Problem['errors']>) : {},
  );
}

/** `Retry-After` is seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(value: string | null, now: number): number | null {
  if (!value) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
