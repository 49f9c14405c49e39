import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SyncAnswer, SyncPosition } from '../../src/index.js';

const end = '\u001e';
const me = { id: '01920000-0000-7000-8000-000000000001', username: 'ann', displayName: 'Ann', statusText: '', avatarFileId: null, active: true, revision: 1 };

/** One connection that is open on the server's side. */
export interface Opened {
  readonly transport: 'WebSockets' | 'ServerSentEvents';
  readonly url: string;
  say(event: string, argument: unknown): void;
  /** Closes it with this WebSocket code, or cuts it off without one. */
  close(code?: number): void;
}

/** A server that speaks just enough of the protocol to be badly behaved in. */
export class HubServer {
  /** Answers instead of the server's own, by `METHOD path`. */
  readonly answers = new Map<string, (request: IncomingMessage, response: ServerResponse) => boolean>();
  readonly opened: Opened[] = [];
  readonly requests: string[] = [];
  readonly renewed: string[] = [];
  upgrades: 'taken' | 'refused' = 'taken';
  /** Sent in the same write as the answer to the handshake. */
  firstFrames: readonly (readonly [string, unknown])[] = [];
  sync: (positions: readonly SyncPosition[]) => Partial<SyncAnswer> = (positions) => ({ heads: positions.map(({ feed }) => ({ feed, epoch: 1, revision: 0 })) });
  #tickets = 0;
  readonly #pings: NodeJS.Timeout;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sending = new Set<(text: string) => void>();
  readonly #streams = new Map<string, (text: string) => void>();

  private constructor(readonly http: Server) {
    http.on('request', (request, response) => this.#answer(request, response));
    http.on('upgrade', (request, socket, head) => {
      this.requests.push(`UPGRADE ${request.url}`);
      if (this.upgrades === 'refused') socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      else this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, request.url ?? ''));
    });
    this.#pings = setInterval(() => this.#sending.forEach((send) => send(JSON.stringify({ type: 6 }))), 50);
  }

  static start(port = 0): Promise<HubServer> {
    return new Promise((resolve) => {
      const http = createServer();
      http.listen(port, '127.0.0.1', () => resolve(new HubServer(http)));
    });
  }

  get address(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  /** Says no more, and does not close either. */
  fallSilent(): void {
    this.#sending.clear();
  }

  stop(): Promise<void> {
    clearInterval(this.#pings);
    for (const each of this.opened) each.close();
    this.http.closeAllConnections();
    return new Promise((resolve) => this.http.close(() => resolve()));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').split('?')[0];
    const call = `${request.method} ${path}`;
    this.requests.push(`${request.method} ${request.url}`);
    if (this.answers.get(call)?.(request, response)) return;
    const json = (body: unknown) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (call === 'POST /connect/token') json({ access_token: `access${this.requests.length}`, token_type: 'Bearer', expires_in: 900, refresh_token: `refresh${this.requests.length}` });
    else if (call === 'POST /connect/revoke') response.writeHead(200).end();
    else if (call === 'GET /api/v1/users/me') json(me);
    else if (call === 'POST /api/v1/realtime/ticket') json({ ticket: `ticket${++this.#tickets}`, expiresIn: 30 });
    else if (call === 'GET /api/v1/users/me/channels') json({ items: [], next: null, feed: { feed: `users/${me.id}/channels`, epoch: 1, revision: 0 } });
    else if (call === 'POST /realtime/negotiate') json({ negotiateVersion: 1, connectionId: 'c', connectionToken: `token${this.requests.length}`, availableTransports: ['WebSockets', 'ServerSentEvents'].map((transport) => ({ transport, transferFormats: ['Text', 'Binary'] })) });
    else if (call === 'GET /realtime') this.#stream(request, response);
    else if (call === 'POST /realtime') this.#posted(request, response);
    else if (call === 'DELETE /realtime') response.writeHead(202).end();
    else response.writeHead(404).end();
  }

  #open(socket: WebSocket, url: string): void {
    const send = (text: string) => socket.send(text + end);
    const opened = this.#accept('WebSockets', url, send, (code) => (code === undefined ? socket.terminate() : socket.close(code)));
    socket.on('message', (data) => this.#hear(String(data), send));
    socket.on('close', () => this.#sending.delete(send));
    this.opened.push(opened);
  }

  #stream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    const send = (text: string) => void response.write(`data: ${text}${end}\r\n\r\n`);
    const id = new URL(request.url ?? '', 'http://x').searchParams.get('id') ?? '';
    this.#streams.set(id, send);
    response.on('close', () => this.#sending.delete(send));
    this.opened.push(this.#accept('ServerSentEvents', request.url ?? '', send, () => response.destroy()));
  }

  #posted(request: IncomingMessage, response: ServerResponse): void {
    const send = this.#streams.get(new URL(request.url ?? '', 'http://x').searchParams.get('id') ?? '');
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      response.writeHead(200).end();
      if (send) this.#hear(body, send);
    });
  }

  #accept(transport: Opened['transport'], url: string, send: (text: string) => void, close: (code?: number) => void): Opened {
    return { transport, url, say: (target, argument) => send(JSON.stringify({ type: 1, target, arguments: [argument] })), close: (code) => close(code) };
  }

  #hear(text: string, send: (text: string) => void): void {
    for (const frame of text.split(end).filter((f) => f !== '')) {
      const said = JSON.parse(frame) as { protocol?: string; type?: number; invocationId?: string; target?: string; arguments: [never] };
      if (said.protocol) {
        send(['{}', ...this.firstFrames.map(([target, argument]) => JSON.stringify({ type: 1, target, arguments: [argument] }))].join(end));
        this.#sending.add(send);
      } else if (said.type === 1 && said.invocationId) {
        if (said.target === 'Renew') this.renewed.push(said.arguments[0]);
        const result = said.target === 'Sync' ? { deltas: [], heads: [], denied: [], failed: [], ...this.sync(said.arguments[0]) } : said.target === 'Renew' ? { expiresAt: '2026-01-01T00:15:00.000Z' } : null;
        send(JSON.stringify({ type: 3, invocationId: said.invocationId, result }));
      }
    }
  }
}
