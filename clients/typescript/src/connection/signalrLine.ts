import { DefaultHttpClient, HttpError, HttpTransportType, HubConnectionBuilder, LogLevel, NullLogger, type HttpRequest, type HttpResponse, type HubConnection, type IHttpConnectionOptions } from '@microsoft/signalr';
import { hubEvents } from '../protocol/hub.js';
import type { RealtimeTicket } from '../protocol/calls.js';
import type { Seen } from './causes.js';
import type { Line, LineHandlers, LineOptions, MakeLine } from './line.js';

export interface SignalrSettings {
  readonly address: string;
  /** Gets a ticket: what authenticates a connection, also in a URL, where an access token must never be. */
  readonly ticket: () => Promise<RealtimeTicket>;
  /** Milliseconds of silence after which a connection counts as lost. The server speaks every 10 s. */
  readonly silenceMs: number;
  /** How long negotiation may take, in milliseconds. */
  readonly timeoutMs: number;
  /** The transports that may be used, WebSockets first. */
  readonly transports: readonly Transport[];
}

export type Transport = 'WebSockets' | 'ServerSentEvents' | 'LongPolling';

/** Lines over the stock SignalR client. Its own reconnect stays off: positions do that job better. */
export const signalrLines = (settings: SignalrSettings): MakeLine => (handlers, options) => new SignalrLine(settings, handlers, options);

class SignalrLine implements Line {
  readonly #hub: HubConnection;
  readonly #watch = new Watch();
  readonly #ticketOf: () => Promise<string>;
  readonly #sockets: WebSocket[] = [];
  #failure: unknown = null;

  constructor(settings: SignalrSettings, handlers: LineHandlers, { webSockets }: LineOptions) {
    this.#ticketOf = ticketsFor(settings.ticket);
    const options: IHttpConnectionOptions & { WebSocket?: unknown } = {
      transport: settings.transports.filter((t) => webSockets || t !== 'WebSockets').reduce((sum, t) => sum | HttpTransportType[t], HttpTransportType.None),
      accessTokenFactory: () => this.#ticket(),
      httpClient: new WatchedHttp(this.#watch),
      withCredentials: false,
      timeout: settings.timeoutMs,
      logger: this.#watch,
      ...this.#ownSockets(),
    };
    this.#hub = new HubConnectionBuilder().withUrl(`${settings.address}/realtime`, options).withServerTimeout(settings.silenceMs).configureLogging(LogLevel.None).build();
    for (const event of hubEvents) this.#hub.on(event, (said: never) => (handlers[event] as (said: never) => void)(said));
    this.#hub.onclose((failure) => handlers.closed(failure));
  }

  get transport(): string | null {
    return this.#watch.transport;
  }

  get seen(): Seen {
    return this.#watch.seen;
  }

  async open(): Promise<void> {
    try {
      await this.#hub.start();
    } catch (failure) {
      // The stock client wraps what the ticket call said into a text of its own.
      throw this.#failure ?? failure;
    }
  }

  invoke = (method: string, ...args: unknown[]) => this.#hub.invoke(method, ...args);

  async close(): Promise<void> {
    // The stock client cannot end a WebSocket that is still opening; behind some proxies that is minutes.
    for (const socket of this.#sockets) if (socket.readyState === socket.CONNECTING) socket.close();
    await this.#hub.stop().catch(() => undefined);
  }

  async #ticket(): Promise<string> {
    try {
      return await this.#ticketOf();
    } catch (failure) {
      this.#failure = failure;
      throw failure;
    }
  }

  #ownSockets(): { WebSocket?: unknown } {
    if (typeof window === 'undefined' || typeof WebSocket === 'undefined') return {};
    const sockets = this.#sockets;
    return {
      WebSocket: class extends WebSocket {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols);
          sockets.push(this);
        }
      },
    };
  }
}

/** A ticket is looked at when a connection is negotiated and consumed when its transport opens: those two calls, the first two, take the same one; a transport that is tried after them takes its own. */
function ticketsFor(get: () => Promise<RealtimeTicket>): () => Promise<string> {
  let calls = 0;
  let first: Promise<RealtimeTicket> | null = null;
  return async () => {
    calls++;
    if (calls === 1) first = get();
    return (await (calls <= 2 && first ? first : get())).ticket;
  };
}

/** What the stock client tells nobody but its log and its HTTP client. */
class Watch {
  transport: string | null = null;
  seen: Seen = { status: null, upgradeFailed: false };

  log(_level: LogLevel, message: string): void {
    const selected = /^Selecting transport '(\w+)'/.exec(message)?.[1];
    if (selected) this.transport = selected;
    if (/^Failed to start the transport 'WebSockets'/.test(message)) this.seen = { ...this.seen, upgradeFailed: true };
  }
}

class WatchedHttp extends DefaultHttpClient {
  constructor(private readonly watch: Watch) {
    super(NullLogger.instance);
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    try {
      return await super.send(request);
    } catch (failure) {
      if (failure instanceof HttpError) this.watch.seen = { ...this.watch.seen, status: failure.statusCode };
      throw failure;
    }
  }
}
