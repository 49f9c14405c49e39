import type { ChatClientOptions, Fetch, LineHandlers, LineOptions, MessagePage } from '../src/index.js';
import { ChatClient, memoryOutbox, memoryTokens } from '../src/index.js';
import { PlayedClock, settle } from './playedClock.js';
import { PlayedLine } from './playedLine.js';

export const me = '01920000-0000-7000-8000-000000000001';
const user = { id: me, username: 'ann', displayName: 'Ann', statusText: '', avatarFileId: null, active: true, revision: 1 };

/** Everything around a client, played by the test: time, the network, the hub. */
export class PlayedServer {
  readonly clock = new PlayedClock();
  readonly lines: PlayedLine[] = [];
  readonly lineOptions: LineOptions[] = [];
  readonly calls: string[] = [];
  /** Answers by `METHOD path`, without the query. Each may be an answer, or a status to refuse with. */
  readonly answers = new Map<string, unknown>();
  opening: () => Promise<void> = () => Promise.resolve();
  /** The network: while it is away every call fails. */
  up = true;
  logged: string[] = [];

  get line(): PlayedLine {
    return this.lines.at(-1)!;
  }

  fetch: Fetch = async (url, { method }) => {
    const { pathname, search } = new URL(url);
    this.calls.push(`${method} ${pathname}${search}`);
    await Promise.resolve();
    if (!this.up) throw new TypeError('fetch failed');
    const answer = this.answers.get(`${method} ${pathname}`) ?? this.#usual(`${method} ${pathname}`);
    if (typeof answer === 'function') return (answer as (search: URLSearchParams) => Promise<Response> | Response)(new URLSearchParams(search));
    return typeof answer === 'number' ? new Response(JSON.stringify({ code: 'played', detail: '' }), { status: answer }) : Response.json(answer);
  };

  make(options: Partial<ChatClientOptions> = {}): ChatClient {
    return new ChatClient({
      address: 'http://server',
      clock: this.clock,
      chance: () => 0.5,
      fetch: this.fetch,
      tokens: memoryTokens(),
      outbox: memoryOutbox(),
      surroundings: { online: true, visible: true, watch: () => () => undefined },
      makeLine: (handlers: LineHandlers, lineOptions: LineOptions) => {
        const line = new PlayedLine(handlers, this.opening);
        this.lines.push(line);
        this.lineOptions.push(lineOptions);
        return line;
      },
      logger: { log: (level, message, facts) => void (level !== 'debug' && this.logged.push(`${message} ${JSON.stringify(facts)}`)) },
      ...options,
    });
  }

  /** A client that has started. */
  async started(options: Partial<ChatClientOptions> = {}): Promise<ChatClient> {
    const client = this.make(options);
    await client.signIn('ann', 'correct horse');
    await client.start();
    await settle();
    return client;
  }

  /** Answers the sync that waits: every feed is empty unless it is among `deltas`. */
  async answerSync(deltas: readonly import('../src/index.js').Delta[] = []): Promise<void> {
    await settle();
    const asked = this.line.asked;
    if (!asked) return;
    const heads = asked.map(({ feed, epoch, revision }) => ({ feed, epoch: epoch || 1, revision: deltas.find((d) => d.feed === feed)?.to ?? revision ?? 0 }));
    const resets = asked.filter(({ feed, epoch, mode, partial }) => !epoch && mode !== 'heads' && !partial && !deltas.some((d) => d.feed === feed));
    this.line.answer({ heads, deltas: [...deltas, ...resets.map(({ feed }) => ({ feed, epoch: 1, from: 0, to: 0, reset: true, floor: feed.endsWith('/messages') ? 1 : null, more: false, fence: null, items: [] }))] });
    await settle();
  }

  #usual(call: string): unknown {
    if (call === 'POST /connect/token') return { access_token: `access${this.calls.length}`, token_type: 'Bearer', expires_in: 900, refresh_token: `refresh${this.calls.length}` };
    if (call === 'POST /connect/revoke') return {};
    if (call === 'GET /api/v1/users/me') return user;
    if (call === 'GET /api/v1/users/me/channels') return { items: [], next: null, feed: { feed: `users/${me}/channels`, epoch: 1, revision: 0 } };
    if (call === 'GET /api/v1/users') return { items: [], next: null, feed: { feed: 'users', epoch: 1, revision: 0 } };
    return 404;
  }
}

export const pageOf = (items: MessagePage['items'], channel: string, revision: number, epoch = 1): MessagePage => ({ items, mine: {}, feed: { feed: `channels/${channel}/messages`, epoch, revision }, fence: { epoch: 1, revision: 1 } });
