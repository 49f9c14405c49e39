import { nameOf, type Logger } from '../logging.js';
import type { Delta } from '../protocol/sync.js';
import type { Id, Message } from '../protocol/entities.js';
import type { Clock } from '../time/clock.js';
import type { Cause } from './causes.js';
import type { Line } from './line.js';

/** Numbers of one kind that a report brings at most. */
const listLimit = 20;

/** How long a connection gathers what is told of it, in milliseconds. */
const gatheringMs = 30_000;

/** What this client saw of the network, told to the operator at each reconnect and half a minute after there was something to tell: what dropped the line, for how long, gaps, the transport, its round trip, and how long messages took. */
export class Quality {
  #causes = new Map<Cause, number>();
  #gaps = 0;
  #awayMs: number[] = [];
  #postMs: number[] = [];
  #fallbacks: Record<string, number> = {};
  #lostAt: number | null = null;
  #upgradeFailed = false;
  #line: Line | null = null;
  #cancel: (() => void) | null = null;
  readonly #sent = new Map<Id, number>();

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  lost(cause: Cause): void {
    this.#line = null;
    this.#cancel?.();
    this.#cancel = null;
    if (cause === 'stopped' || cause === 'signedOut') return;
    this.#causes.set(cause, (this.#causes.get(cause) ?? 0) + 1);
    this.#lostAt ??= this.clock.now();
    if (cause === 'noUpgrade') this.#upgradeFailed = true;
  }

  gap(): void {
    this.#gaps++;
    this.#tellSoon();
  }

  /** A message goes out. */
  sent(clientId: Id): void {
    if (this.#sent.size < listLimit && !this.#sent.has(clientId)) this.#sent.set(clientId, this.clock.now());
  }

  /** Messages came; one's own among them were on their way until now. */
  came(delta: Delta<Message>): void {
    if (this.#sent.size === 0) return;
    for (const { clientId } of delta.items) {
      const sent = this.#sent.get(clientId);
      if (sent === undefined) continue;
      this.#sent.delete(clientId);
      if (this.#postMs.length < listLimit) this.#postMs.push(this.clock.now() - sent);
      this.#tellSoon();
    }
  }

  /** Tells what was seen since the last time; the first connection has nothing to tell yet, unless it fell back. */
  opened(line: Line): void {
    if (this.#lostAt !== null && this.#awayMs.length < listLimit) this.#awayMs.push(this.clock.now() - this.#lostAt);
    this.#lostAt = null;
    if (line.transport && line.transport !== 'WebSockets') {
      const reason = this.#upgradeFailed || line.seen.upgradeFailed ? 'noUpgrade' : 'chosen';
      this.#fallbacks[reason] = (this.#fallbacks[reason] ?? 0) + 1;
    }
    if (this.#causes.size > 0 || Object.keys(this.#fallbacks).length > 0) void this.#tell(line);
    this.#line = line;
  }

  #tellSoon(): void {
    const line = this.#line;
    if (line === null || this.#cancel !== null) return;
    this.#cancel = this.clock.after(gatheringMs, () => {
      this.#cancel = null;
      void this.#tell(line);
    });
  }

  async #tell(line: Line): Promise<void> {
    const [causes, gaps, awayMs, postMs, fallbacks] = [this.#causes, this.#gaps, this.#awayMs, this.#postMs, this.#fallbacks];
    [this.#causes, this.#gaps, this.#awayMs, this.#postMs, this.#fallbacks] = [new Map(), 0, [], [], {}];
    // What has not come back by now was refused, or comes with a reset.
    this.#sent.clear();
    try {
      const asked = this.clock.now();
      await line.invoke('Unwatch', []);
      const reconnects = [...causes.values()].reduce((sum, n) => sum + n, 0);
      const transport = line.transport && line.transport[0]!.toLowerCase() + line.transport.slice(1);
      const seen = { reconnects, causes: Object.fromEntries(causes), gaps, client: 'typescript', awayMs, postMs, fallbacks };
      await line.invoke('Report', { roundTripMs: this.clock.now() - asked, ...seen, ...(transport ? { transport } : {}) });
    } catch (failure) {
      this.logger.log('debug', 'What was seen of the network could not be told.', { failure: nameOf(failure) });
    }
  }
}
