import type { Fetch } from './api/http.js';
import type { MakeLine } from './connection/line.js';
import { signalrLines, type Transport } from './connection/signalrLine.js';
import { defaultSurroundings, type Surroundings } from './connection/surroundings.js';
import { silentLogger, type Logger } from './logging.js';
import { defaultOutbox, type OutboxStorage } from './outbox/storage.js';
import type { RealtimeTicket } from './protocol/calls.js';
import { defaultTokens, type TokenStorage } from './tokens/storage.js';
import type { BackOff } from './time/backOff.js';
import type { Chance } from './time/chance.js';
import { systemClock, type Clock } from './time/clock.js';
import { systemRandom, uuidV7 } from './time/uuid.js';
import type { Id } from './protocol/entities.js';

/** How a client behaves. Only `address` is needed. */
export interface ChatClientOptions {
  /** The public address of the deployment, such as `https://chat.example`; a page that it serves passes `location.origin`. */
  readonly address: string;
  /** Hears every transition of the connection, and what went wrong. Default: nobody. */
  readonly logger?: Logger;
  /** Where tokens are kept. Default: `localStorage`, shared by the tabs of a browser; in memory where there is none. */
  readonly tokens?: TokenStorage;
  /** Where messages wait that were not stored yet. Default: IndexedDB; in memory where there is none. */
  readonly outbox?: OutboxStorage;
  /** The transports that may be used. Default: all, WebSockets first. */
  readonly transports?: readonly Transport[];
  /** Messages that one timeline holds at most; at least 400. Default: 1,000. */
  readonly windowSize?: number;
  /** Timelines and members that nobody is subscribed to are kept for so many channels. Default: 10. */
  readonly keptChannels?: number;
  /** How long one call may take, in milliseconds. Default: 30,000. */
  readonly callTimeoutMs?: number;
  /** Silence after which a connection counts as lost, in milliseconds; the server speaks every 10 s. Default: 25,000. */
  readonly silenceMs?: number;
  /** The waits between tries. Default: 200 ms, doubling up to 10 s, with jitter. */
  readonly backOff?: BackOff;
  /** What a device and a page tell about themselves. Default: the page's, or none in a program. */
  readonly surroundings?: Surroundings;
  readonly clock?: Clock;
  /** The source of jitter; seed it for runs that can be repeated. Default: `Math.random`. */
  readonly chance?: Chance;
  /** Makes the ids of messages. Default: UUIDv7. */
  readonly makeId?: () => Id;
  /** Default: the platform's. */
  readonly fetch?: Fetch;
  /** Makes connections to the hub. Default: over SignalR. */
  readonly makeLine?: MakeLine;
}

export type Settings = Required<Omit<ChatClientOptions, 'transports' | 'silenceMs' | 'makeLine'>> & { readonly makeLine: (ticket: () => Promise<RealtimeTicket>) => MakeLine };

/** The options with what is not given filled in. */
export function settingsOf(options: ChatClientOptions): Settings {
  const address = options.address.replace(/\/+$/, '');
  const clock = options.clock ?? systemClock;
  const callTimeoutMs = options.callTimeoutMs ?? 30_000;
  const name = `chatgenius:${address}`;
  const { makeLine, silenceMs = 25_000, transports = ['WebSockets', 'ServerSentEvents', 'LongPolling'] } = options;
  if (options.windowSize !== undefined && options.windowSize < 400) throw new RangeError('windowSize is at least 400.');
  return {
    address,
    clock,
    callTimeoutMs,
    logger: options.logger ?? silentLogger,
    tokens: options.tokens ?? defaultTokens(name, clock),
    outbox: options.outbox ?? defaultOutbox(`${name}:outbox`),
    windowSize: options.windowSize ?? 1_000,
    keptChannels: options.keptChannels ?? 10,
    backOff: options.backOff ?? { minMs: 200, maxMs: 10_000 },
    surroundings: options.surroundings ?? defaultSurroundings(clock),
    chance: options.chance ?? Math.random,
    makeId: options.makeId ?? (() => uuidV7(clock.now(), systemRandom)),
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    makeLine: (ticket) => makeLine ?? signalrLines({ address, ticket, silenceMs, timeoutMs: callTimeoutMs, transports }),
  };
}
