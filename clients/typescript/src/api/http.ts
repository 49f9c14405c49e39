import type { Clock } from '../time/clock.js';
import { refusalOf, UnreachableError } from './refusal.js';

/** `fetch`, or what stands in for it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as bearer token. */
  readonly token?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Goes on although everything else is ended. */
  readonly outlives?: boolean;
}

/** One call by HTTP, without any retry. */
export class Http {
  readonly #gone = new AbortController();

  constructor(
    readonly address: string,
    private readonly fetch: Fetch,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws {ChatApiError} The server refused.
   * @throws {UnreachableError} Nobody answered in time.
   */
  async call<T>(call: HttpCall): Promise<T> {
    const stop = new AbortController();
    const abort = () => stop.abort();
    const signals = [...(call.outlives ? [] : [this.#gone.signal]), ...(call.signal ? [call.signal] : [])];
    for (const signal of signals) signal.addEventListener('abort', abort);
    if (signals.some((s) => s.aborted)) abort();
    const cancel = this.clock.after(call.timeoutMs, abort);
    try {
      const response = await this.fetch(this.address + call.path, { ...initOf(call), signal: stop.signal });
      const text = await response.text();
      if (!response.ok) throw refusalOf(response.status, text, response.headers.get('Retry-After'), this.clock.now());
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch (failure) {
      call.signal?.throwIfAborted();
      if (failure instanceof TypeError || failure instanceof SyntaxError || isAbort(failure)) throw new UnreachableError(`${call.method} ${call.path}: ${stop.signal.aborted ? 'no answer in time' : failure.message}`);
      throw failure;
    } finally {
      cancel();
      for (const signal of signals) signal.removeEventListener('abort', abort);
    }
  }

  /** Ends all calls under way but those that outlive it. */
  dispose(): void {
    this.#gone.abort();
  }
}

const isAbort = (failure: unknown): failure is Error => failure instanceof Error && failure.name === 'AbortError';

function initOf({ method, body, form, token }: HttpCall): RequestInit {
  return {
    method,
    credentials: 'omit',
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    ...(form ? { body: new URLSearchParams(form) } : body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}
