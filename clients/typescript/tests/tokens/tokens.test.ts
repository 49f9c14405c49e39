import { expect, test } from 'vitest';
import { ChatApiError, memoryTokens, SignedOutError, tabTokens, type Fetch, type TabParts } from '../../src/index.js';
import { Http } from '../../src/api/http.js';
import { TokenKeeper } from '../../src/tokens/keeper.js';
import { PlayedClock, settle } from '../playedClock.js';

/** The identity service's part: refresh tokens rotate, and a used one ends the session. */
class Sessions {
  readonly used = new Set<string>();
  answers: 'well' | 'never' | 'lost' | 'unavailable' = 'well';
  renewals = 0;
  #count = 0;

  fetch: Fetch = (url, init) => {
    const form = new URLSearchParams(init.body as URLSearchParams);
    if (url.endsWith('/connect/revoke')) return Promise.resolve(new Response());
    if (form.get('grant_type') === 'refresh_token') {
      this.renewals++;
      if (this.answers === 'unavailable') return Promise.resolve(new Response('{"code":"unavailable"}', { status: 503 }));
      if (this.answers === 'never') return new Promise((_, reject) => init.signal!.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))));
      const token = form.get('refresh_token')!;
      const lost = this.answers === 'lost';
      this.answers = 'well';
      if (this.used.has(token) && !this.leeway) return Promise.resolve(new Response('{"error":"invalid_grant"}', { status: 400 }));
      this.used.add(token);
      if (lost) return Promise.reject(new TypeError('fetch failed'));
    }
    const n = ++this.#count;
    return Promise.resolve(Response.json({ access_token: `a${n}`, token_type: 'Bearer', expires_in: 900, refresh_token: `r${n}` }));
  };

  /** Whether a used token may come again just now. */
  leeway = false;
}

/** The shared parts of one browser, and one tab's view of them. */
class Browser {
  readonly items = new Map<string, string>();
  #tabs: Set<EventTarget> = new Set();
  #tail: Promise<unknown> = Promise.resolve();

  tab(locks: boolean): TabParts {
    const events = new EventTarget();
    this.#tabs.add(events);
    const tell = (key: string) => this.#tabs.forEach((tab) => tab !== events && tab.dispatchEvent(Object.assign(new Event('storage'), { key })));
    return {
      storage: {
        getItem: (key) => this.items.get(key) ?? null,
        setItem: (key, value) => (this.items.set(key, value), tell(key)),
        removeItem: (key) => (this.items.delete(key), tell(key)),
      },
      events,
      locks: locks ? { request: (_, __, work) => (this.#tail = this.#tail.then(work, work)) as never } : undefined,
    };
  }
}

const logger = { log: () => undefined };

function keeper(sessions: Sessions, clock: PlayedClock, parts?: TabParts) {
  const ended: string[] = [];
  const storage = parts ? tabTokens('chat', parts, clock) : memoryTokens();
  return { ended, tokens: new TokenKeeper(new Http('http://server', sessions.fetch, clock), storage, clock, logger, (how) => how !== 'signedIn' && ended.push(how)) };
}

test('a token is renewed at four fifths of its life, once for all who ask', async () => {
  const [sessions, clock] = [new Sessions(), new PlayedClock()];
  const { tokens } = keeper(sessions, clock);
  await tokens.signIn('ann', 'correct horse');
  await clock.pass(719_000);
  expect(await tokens.get()).toBe('a1');
  await clock.pass(2_000);
  expect(await Promise.all([tokens.get(), tokens.get(), tokens.renew('a1')])).toEqual(['a2', 'a2', 'a2']);
  expect(sessions.renewals).toBe(1);
});

test.each([true, false])('two tabs share one session (locks: %s)', async (locks) => {
  const [sessions, clock, browser] = [new Sessions(), new PlayedClock(), new Browser()];
  const one = keeper(sessions, clock, browser.tab(locks));
  const two = keeper(sessions, clock, browser.tab(locks));
  await one.tokens.signIn('ann', 'correct horse');
  expect(await two.tokens.get()).toBe('a1');
  await clock.pass(800_000);
  const both = await Promise.all([one.tokens.get(), two.tokens.get()]);
  expect(sessions.renewals).toBe(locks ? 1 : 2);
  expect(await Promise.all([one.tokens.get(), two.tokens.get()])).toEqual(['a2', 'a2']);
  expect(both).toContain('a2');
  expect([...one.ended, ...two.ended]).toEqual([]);
});

test('signing out in one tab ends the session in all', async () => {
  const [sessions, clock, browser] = [new Sessions(), new PlayedClock(), new Browser()];
  const one = keeper(sessions, clock, browser.tab(true));
  await one.tokens.signIn('ann', 'correct horse');
  const two = keeper(sessions, clock, browser.tab(true));
  await one.tokens.signOut();
  expect([one.ended, two.ended]).toEqual([['signedOut'], ['signedOut']]);
  await expect(two.tokens.get()).rejects.toThrow(SignedOutError);
  expect(browser.items.size).toBe(0);
});

test('an answer that was lost is asked for again within the leeway', async () => {
  const [sessions, clock] = [new Sessions(), new PlayedClock()];
  const { tokens, ended } = keeper(sessions, clock);
  await tokens.signIn('ann', 'correct horse');
  [sessions.answers, sessions.leeway] = ['lost', true];
  const before = clock.now();
  expect(await tokens.renew('a1')).toBe('a2');
  expect(clock.now() - before).toBeLessThan(10_000);
  expect(ended).toEqual([]);
});

test('all tries of a renewal lie within the leeway of 10 s', async () => {
  const [sessions, clock] = [new Sessions(), new PlayedClock()];
  const { tokens } = keeper(sessions, clock);
  await tokens.signIn('ann', 'correct horse');
  sessions.answers = 'never';
  const renewal = tokens.renew('a1').catch((failure: unknown) => failure);
  await clock.pass(10_000);
  expect(await renewal).toMatchObject({ name: 'UnreachableError' });
  expect(sessions.renewals).toBe(3);
});

test('while nobody renews, the old token is used until it ends', async () => {
  const [sessions, clock] = [new Sessions(), new PlayedClock()];
  const { tokens, ended } = keeper(sessions, clock);
  await tokens.signIn('ann', 'correct horse');
  await clock.pass(800_000);
  sessions.answers = 'unavailable';
  expect(await tokens.get()).toBe('a1');
  await clock.pass(200_000);
  await expect(tokens.get()).rejects.toThrow(ChatApiError);
  sessions.answers = 'well';
  expect(await tokens.get()).toBe('a2');
  expect(ended).toEqual([]);
});

test('a session that was ended by the server is over', async () => {
  const [sessions, clock] = [new Sessions(), new PlayedClock()];
  const { tokens, ended } = keeper(sessions, clock);
  await tokens.signIn('ann', 'correct horse');
  sessions.used.add('r1');
  expect(await tokens.renew('a1')).toBeNull();
  expect(ended).toEqual(['sessionEnded']);
  await expect(tokens.get()).rejects.toThrow(SignedOutError);
});

test('a tab that waits for a frozen one goes ahead after a while', async () => {
  const [sessions, clock, browser] = [new Sessions(), new PlayedClock(), new Browser()];
  const parts = { ...browser.tab(false), locks: { request: (_: string, { signal }: { signal: AbortSignal }) => new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))) } };
  const { tokens } = keeper(sessions, clock, parts);
  await tokens.signIn('ann', 'correct horse');
  const renewal = tokens.renew('a1');
  await clock.pass(15_000);
  await settle();
  expect(await renewal).toBe('a2');
});
