import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { causes, ChatClient, closeCodes, memoryTokens, programSurroundings, systemClock, type Cause, type ChatClientOptions, type ConnectionState, type Sign, type Surroundings } from '../../src/index.js';
import { until } from '../waiting.js';
import { HubServer } from './hubServer.js';

interface Change {
  readonly from: string;
  readonly to: string;
  readonly cause: Cause | null;
}

class PlayedSurroundings implements Surroundings {
  online = true;
  visible = true;
  tell: (sign: Sign) => void = () => undefined;

  watch(told: (sign: Sign) => void): () => void {
    this.tell = told;
    return () => (this.tell = () => undefined);
  }
}

let server: HubServer;
let client: ChatClient;
let changes: Change[];
let warnings: Readonly<Record<string, unknown>>[];
const surroundings = new PlayedSurroundings();

beforeEach(async () => void (server = await HubServer.start()));
afterEach(async () => {
  await client.dispose();
  await server.stop();
});

function make(options: Partial<ChatClientOptions> = {}): ChatClient {
  changes = [];
  warnings = [];
  client = new ChatClient({
    address: server.address,
    tokens: memoryTokens(),
    surroundings,
    // Longer than a busy machine may stand still.
    silenceMs: 8_000,
    backOff: { minMs: 10, maxMs: 40 },
    logger: {
      log: (level, message, facts = {}) => {
        if (message === 'The connection changed.') changes.push(facts as unknown as Change);
        if (level === 'warn') warnings.push(facts);
      },
    },
    ...options,
  });
  return client;
}

async function live(options: Partial<ChatClientOptions> = {}): Promise<void> {
  make(options);
  await client.signIn('ann', 'correct horse');
  await client.start();
  await phase('live');
}

const phase = (wanted: ConnectionState['phase']) => until(client.connection, (c) => c.phase === wanted);

/** Away because of this, and back. */
async function away(cause: Cause): Promise<void> {
  await until(client.connection, () => changes.some((c) => c.to === 'offline' && c.cause === cause));
  await phase('live');
}

/** Every transition, but those of catching up once more: on a slow machine some feeds are watched a moment after the others. */
function steps(): unknown[][] {
  const again = (at: number) => changes[at]?.from === 'live' && changes[at].to === 'catchingUp';
  return changes.filter((_, at) => !again(at) && !again(at - 1)).map(({ from, to, cause }) => [from, to, cause]);
}

const over = async (cause: Cause) => expect((await phase('ended')).cause).toBe(cause);

const refuse = (call: string, status: number, times: number, headers: Record<string, string> = {}) => {
  let left = times;
  server.answers.set(call, (_, response) => left-- > 0 && (response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers }).end(JSON.stringify({ code: 'x', detail: 'y' })), true));
};

const closing = (code: number, reconnect: boolean, retryAfterMs = 20) => {
  server.opened.at(-1)!.say('Closing', { code, reason: 'because', reconnect, retryAfterMs });
  server.opened.at(-1)!.close(1000);
};

/** What makes each cause, and what comes of it. */
const played: Readonly<Record<Cause, () => Promise<void>>> = {
  expired: async () => {
    await live();
    closing(closeCodes.expired, true, 0);
    await away('expired');
    expect(server.requests.filter((r) => r.startsWith('POST /connect/token'))).toHaveLength(2);
  },
  sessionEnded: async () => {
    await live();
    closing(closeCodes.sessionEnded, false);
    await over('sessionEnded');
    expect(client.session.getSnapshot().state).toBe('ended');
  },
  stalled: async () => {
    await live();
    closing(closeCodes.stalled, true);
    await away('stalled');
  },
  draining: async () => {
    await live();
    const before = Date.now();
    closing(closeCodes.draining, true, 300);
    await away('draining');
    expect(Date.now() - before).toBeGreaterThanOrEqual(290);
  },
  tooMany: async () => {
    await live();
    closing(closeCodes.tooMany, true);
    await away('tooMany');
  },
  protocolError: async () => {
    await live();
    closing(closeCodes.protocolError, false);
    await over('protocolError');
  },
  cut: async () => {
    await live();
    server.opened.at(-1)!.close();
    await away('cut');
  },
  unauthenticated: async () => {
    refuse('POST /realtime/negotiate', 401, 1);
    await live();
    await away('unauthenticated');
    expect(server.requests.filter((r) => r.startsWith('POST /connect/token'))).toHaveLength(2);
  },
  unavailable: async () => {
    refuse('POST /api/v1/realtime/ticket', 503, 1, { 'Retry-After': '0' });
    await live();
    await away('unavailable');
  },
  unreachable: async () => {
    make({ address: 'http://nowhere.invalid' , fetch: (url, init) => (url.includes('/connect/') ? fetch(url.replace('http://nowhere.invalid', server.address), init) : fetch(url, init)) });
    await client.signIn('ann', 'correct horse');
    client.start().catch(() => undefined);
    await until(client.connection, (c) => c.failures >= 4);
    expect(new Set(changes.filter((c) => c.to === 'offline').map((c) => c.cause))).toEqual(new Set(['unreachable']));
  },
  refused: async () => {
    refuse('POST /realtime/negotiate', 404, 2);
    await live();
    await away('refused');
  },
  deviceOffline: async () => {
    await live({ backOff: { minMs: 60_000, maxMs: 60_000 } });
    surroundings.tell('offline');
    await phase('offline');
    surroundings.tell('woke');
    await away('deviceOffline');
  },
  silent: async () => {
    await live({ silenceMs: 250 });
    server.fallSilent();
    await away('silent');
  },
  noUpgrade: async () => {
    server.upgrades = 'refused';
    await live();
    expect(client.connection.getSnapshot().transport).toBe('ServerSentEvents');
    expect(warnings).toContainEqual({ cause: 'noUpgrade', transport: 'ServerSentEvents' });
    expect(steps().map(([, to]) => to)).toEqual(['connecting', 'catchingUp', 'live']);
  },
  signedOut: async () => {
    await live();
    await client.signOut();
    await over('signedOut');
    expect(client.session.getSnapshot().state).toBe('ended');
  },
  stopped: async () => {
    await live();
    await client.stop();
    await over('stopped');
  },
};

describe('causes', () => {
  test.each(Object.keys(causes) as Cause[])('%s', (cause) => played[cause]());
});

test('an access token is never in a URL, and a ticket opens one connection', async () => {
  await live();
  server.opened.at(-1)!.close();
  await away('cut');
  const urls = [...server.requests, ...server.opened.map((o) => o.url)];
  expect(urls.filter((url) => url.includes('access_token=access'))).toEqual([]);
  expect(server.requests.filter((r) => r.startsWith('POST /api/v1/realtime/ticket'))).toHaveLength(2);
});

test('a delta in the first frame after the handshake is heard', async () => {
  const feed = 'users';
  server.firstFrames = [['Delta', { feed, epoch: 1, from: 4, to: 5, reset: false, floor: null, more: false, fence: null, items: [] }]];
  make();
  const heard: number[] = [];
  client.onDelta((delta) => heard.push(delta.to));
  await client.signIn('ann', 'correct horse');
  await client.start();
  await phase('live');
  expect(heard).toEqual([5]);
});

test('nothing connects before start, and stop is final', async () => {
  make();
  await client.signIn('ann', 'correct horse');
  const leave = client.timeline('01920000-0000-7000-8000-00000000000c').subscribe(() => undefined);
  expect(server.requests).toEqual(['POST /connect/token']);
  await client.stop();
  await expect(client.start()).rejects.toThrow();
  leave();
  expect(server.requests).toEqual(['POST /connect/token']);
  expect(client.connection.getSnapshot().phase).toBe('ended');
});

test('a token that ends soon is renewed on the open connection', async () => {
  await live();
  server.opened.at(-1)!.say('Expiring', { at: '2026-01-01T00:00:00.000Z' });
  await expect.poll(() => server.renewed.length).toBe(1);
  expect(server.opened).toHaveLength(1);
});

test('a session that cannot be renewed is over', async () => {
  await live();
  refuse('POST /connect/token', 400, 9);
  closing(closeCodes.expired, true, 0);
  await over('sessionEnded');
  expect(client.session.getSnapshot().state).toBe('ended');
});

test('the causes of every transition are logged', async () => {
  await live({ surroundings: programSurroundings(systemClock) });
  server.opened.at(-1)!.close();
  await away('cut');
  expect(steps()).toEqual([
    ['idle', 'connecting', null],
    ['connecting', 'catchingUp', null],
    ['catchingUp', 'live', null],
    ['live', 'offline', 'cut'],
    ['offline', 'connecting', 'cut'],
    ['connecting', 'catchingUp', null],
    ['catchingUp', 'live', null],
  ]);
});
