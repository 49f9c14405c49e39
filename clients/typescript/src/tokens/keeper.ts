import type { TokenAnswer } from '../protocol/calls.js';
import type { Http } from '../api/http.js';
import { ChatApiError, SignedOutError, UnreachableError } from '../api/refusal.js';
import type { Clock } from '../time/clock.js';
import { nameOf, type Logger } from '../logging.js';
import type { TokenStorage } from './storage.js';
import { tokensOf, type Tokens } from './tokens.js';

/** How often a renewal without an answer is tried again, and how long each try may take: all lie within the 10 s in which a used refresh token may come again. */
const tries = 3;
const tryMs = 3000;

const signInMs = 30_000;
const clientId = 'chatgenius';

/** Holds the tokens of a session and renews them in time; calls that come together, in one tab or several, share one renewal. */
export class TokenKeeper {
  #tokens: Tokens | null;
  #renewal: Promise<Tokens | null> | null = null;
  readonly #stopListening: () => void;

  /** @param changed Called when another tab signed in, and when the session is over: signed out here or in another tab, or ended by the server. */
  constructor(
    private readonly http: Http,
    private readonly storage: TokenStorage,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly changed: (how: 'signedIn' | 'signedOut' | 'sessionEnded') => void,
  ) {
    this.#tokens = storage.load();
    this.#stopListening = storage.onChanged((tokens) => {
      const had = this.#tokens;
      this.#tokens = tokens;
      if (had && !tokens) this.changed('signedOut');
      if (!had && tokens) this.changed('signedIn');
    });
  }

  /** True while there is a session, as far as is known here. */
  get signedIn(): boolean {
    return this.#tokens !== null;
  }

  /** @throws {ChatApiError} `invalid_grant`: the account or password is wrong, or too many tried. */
  async signIn(username: string, password: string): Promise<void> {
    const answer = await this.#request({ grant_type: 'password', username, password, scope: 'openid offline_access' }, signInMs);
    this.#keep(tokensOf(answer, this.clock.now(), null));
  }

  /**
   * An access token that is good for a while yet.
   * @throws {SignedOutError} There is no session.
   */
  async get(): Promise<string> {
    const held = this.#tokens;
    if (!held) throw new SignedOutError('Nobody is signed in.');
    if (this.clock.now() < held.renewAt) return held.access;
    try {
      const renewed = await this.#renew(held);
      if (renewed) return renewed.access;
    } catch (failure) {
      // Until it ends, the old one is as good.
      if (this.clock.now() < held.expiresAt) return held.access;
      throw failure;
    }
    throw new SignedOutError('The session has ended.');
  }

  /**
   * A token other than `used`, which the server no longer takes or soon will not; null when the session has ended.
   * @throws {ChatApiError} The server cannot renew now.
   * @throws {UnreachableError} Nobody answered.
   */
  async renew(used: string | null): Promise<string | null> {
    const held = this.#tokens;
    if (!held || (used !== null && held.access !== used)) return held?.access ?? null;
    return (await this.#renew(held))?.access ?? null;
  }

  /** The token that is held, whether good or not. */
  get current(): string | null {
    return this.#tokens?.access ?? null;
  }

  /** Ends the session everywhere; the tokens are forgotten here whatever the server answers. */
  async signOut(): Promise<void> {
    const held = this.#tokens;
    if (!held) return;
    this.#forget('signedOut');
    await this.http.call({ method: 'POST', path: '/connect/revoke', form: { client_id: clientId, token: held.refresh ?? held.access }, timeoutMs: signInMs, outlives: true });
  }

  /** The server said that the session has ended. */
  end(): void {
    if (this.#tokens) this.#forget('sessionEnded');
  }

  dispose(): void {
    this.#stopListening();
  }

  #renew(held: Tokens): Promise<Tokens | null> {
    return (this.#renewal ??= this.storage.alone(() => this.#renewAlone(held)).finally(() => (this.#renewal = null)));
  }

  async #renewAlone(held: Tokens): Promise<Tokens | null> {
    // Another tab may have done it while this one waited.
    const stored = this.#adopt();
    if (!stored) return this.#forget('signedOut');
    if (stored.access !== held.access) return stored;
    if (!stored.refresh) return this.#forget('sessionEnded');
    try {
      const answer = await this.#requestAgain({ grant_type: 'refresh_token', refresh_token: stored.refresh });
      return this.#keep(tokensOf(answer, this.clock.now(), stored));
    } catch (failure) {
      if (!(failure instanceof ChatApiError) || failure.isPassing) throw failure;
      // Where there are no locks two tabs may have renewed at once: the other one's tokens are as good.
      const other = this.#adopt();
      if (other && other.refresh !== stored.refresh) return other;
      this.logger.log('warn', 'The session cannot be renewed.', { code: failure.code });
      return this.#forget('sessionEnded');
    }
  }

  async #requestAgain(form: Record<string, string>): Promise<TokenAnswer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#request(form, tryMs);
      } catch (failure) {
        if (!(failure instanceof UnreachableError) || attempt === tries) throw failure;
        this.logger.log('debug', 'The renewal got no answer.', { attempt, failure: nameOf(failure) });
      }
    }
  }

  #request(form: Record<string, string>, timeoutMs: number): Promise<TokenAnswer> {
    return this.http.call<TokenAnswer>({ method: 'POST', path: '/connect/token', form: { client_id: clientId, ...form }, timeoutMs });
  }

  #adopt(): Tokens | null {
    return (this.#tokens = this.storage.load());
  }

  #keep(tokens: Tokens): Tokens {
    this.#tokens = tokens;
    this.storage.save(tokens);
    return tokens;
  }

  #forget(how: 'signedOut' | 'sessionEnded'): null {
    const held = this.#tokens;
    this.#tokens = null;
    // Another tab may have signed in anew meanwhile; that session is its own.
    const stored = this.storage.load();
    if (!held || !stored || stored.access === held.access) this.storage.save(null);
    this.changed(how);
    return null;
  }
}
