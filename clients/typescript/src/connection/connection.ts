import { nameOf, type Logger } from '../logging.js';
import { closeCodes, type ConnectionClosing, type HubEvents } from '../protocol/hub.js';
import { ValueStore, type OnListenerFailure, type Store } from '../store/store.js';
import type { BackOff } from '../time/backOff.js';
import type { Chance } from '../time/chance.js';
import { pause, type Clock } from '../time/clock.js';
import { causeOf, causeOfClosing, causes, type Cause, type Lost } from './causes.js';
import type { Line, LineHandlers, MakeLine } from './line.js';
import { idle, step, type ConnectionState, type Happening } from './state.js';
import type { Sign, Surroundings } from './surroundings.js';

export interface ConnectionParts {
  readonly makeLine: MakeLine;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly backOff: BackOff;
  readonly surroundings: Surroundings;
  readonly logger: Logger;
  readonly failed: OnListenerFailure;
  /** What is said on the line; called from its first frame on. */
  readonly hears: { readonly [E in Exclude<keyof HubEvents, 'Closing' | 'Expiring'>]: (said: HubEvents[E]) => void };
  /** A line has opened; it is used until `closed`. */
  readonly opened: (line: Line) => void;
  readonly closed: (cause: Cause) => void;
  /** The page was looked at again, or the machine woke, while a line is open: is it still there? */
  readonly woke: () => void;
  /** A token that the server takes, newer than the one it refused; null when the session is over. */
  readonly renew: () => Promise<string | null>;
  /** The server ended the session. */
  readonly over: () => void;
}

/** How long opening may take. */
const openPatienceMs = 15_000;

/** A connection that lived this long was a good one: the back-off begins anew. */
const lastedMs = 5_000;

/** Nobody looks: no try comes sooner than after this. */
const hiddenLeastMs = 5_000;

/** Keeps a line to the hub open: opens it, notices that it is gone and why, and comes back until it is stopped or told not to. */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #state: ValueStore<ConnectionState>;
  #stopped = false;
  #wake = new AbortController();
  #line: Line | null = null;
  #lose: (lost: Lost) => void = () => undefined;
  #running: Promise<void> | null = null;
  #webSockets = true;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#state = new ValueStore(idle, parts.failed);
  }

  get state(): Store<ConnectionState> {
    return this.#state;
  }

  start(): void {
    if (this.#running || this.#stopped) return;
    this.#become({ kind: 'start' });
    const stopWatching = this.#parts.surroundings.watch((sign) => this.#notice(sign));
    this.#running = this.#run().finally(stopWatching);
  }

  /** Ends it for good. */
  async stop(cause: Cause = 'stopped'): Promise<void> {
    this.#lose({ cause });
    this.#become({ kind: 'lost', cause });
    this.#stopped = true;
    this.#wake.abort();
    await this.#running;
  }

  /** Everything that is watched is at head, or is not. */
  caughtUp(yes: boolean): void {
    this.#become({ kind: yes ? 'caughtUp' : 'behind' });
  }

  /** The line that is open counts as lost; whoever found out says why. */
  lose(cause: Cause): void {
    this.#lose({ cause });
  }

  /** Tries now, if it waits. */
  hurry(): void {
    this.#wake.abort();
  }

  dispose(): void {
    this.#state.dispose();
  }

  async #run(): Promise<void> {
    while (this.#state.getSnapshot().phase !== 'ended') {
      const lost = await this.#live();
      this.#webSockets = lost.cause !== 'noUpgrade' || !this.#webSockets;
      this.#become({ kind: 'lost', ...lost });
      await this.#wait();
      if (causes[lost.cause].renews) await this.#renew();
      this.#become({ kind: 'try' });
    }
  }

  /** One line, from its making to its end; resolves with why it ended. */
  #live(): Promise<Lost> {
    return new Promise((resolve) => {
      const { clock } = this.#parts;
      const timers: (() => void)[] = [];
      const end = (lost: Lost) => {
        if (this.#line !== line) return;
        this.#line = null;
        this.#lose = () => undefined;
        for (const cancel of timers) cancel();
        this.#parts.closed(lost.cause);
        void line.close();
        resolve(lost);
      };
      const line = this.#parts.makeLine(this.#handlers(end, () => line), { webSockets: this.#webSockets });
      this.#line = line;
      this.#lose = end;
      if (this.#stopped) return end({ cause: 'stopped' });
      timers.push(clock.after(openPatienceMs, () => end({ cause: line.transport === 'WebSockets' ? 'noUpgrade' : 'silent' })));
      line.open().then(
        () => {
          if (this.#line !== line) return;
          timers.pop()?.();
          if (line.seen.upgradeFailed) this.#parts.logger.log('warn', 'No WebSocket opens; another transport is used.', { cause: 'noUpgrade', transport: line.transport });
          this.#become({ kind: 'opened', transport: line.transport });
          timers.push(clock.after(lastedMs, () => this.#become({ kind: 'lasted' })));
          this.#parts.opened(line);
        },
        (failure: unknown) => end(this.#say(this.#parts.surroundings.online ? causeOf(failure, line.seen) : { cause: 'deviceOffline' }, failure)),
      );
    });
  }

  #handlers(end: (lost: Lost) => void, line: () => Line): LineHandlers {
    const { hears } = this.#parts;
    let closing: ConnectionClosing | null = null;
    return {
      ...hears,
      Closing: (said) => {
        closing = said;
        this.#parts.logger.log('info', 'The server closes the connection.', { code: said.code });
      },
      Expiring: () => void this.#renewOn(line()),
      closed: (failure) => end(closing ? { cause: causeOfClosing(closing), retryAfterMs: closing.retryAfterMs } : this.#say(causeOf(failure, { status: null, upgradeFailed: false }), failure)),
    };
  }

  #say(lost: Lost, failure: unknown): Lost {
    this.#parts.logger.log('debug', 'The connection was lost.', { cause: lost.cause, failure: nameOf(failure) });
    return lost;
  }

  async #wait(): Promise<void> {
    const { phase, retryAt } = this.#state.getSnapshot();
    if (phase !== 'offline' || retryAt === null) return;
    this.#wake = new AbortController();
    await pause(this.#parts.clock, retryAt - this.#parts.clock.now(), this.#wake.signal);
  }

  async #renew(): Promise<void> {
    try {
      if (this.#state.getSnapshot().phase === 'offline' && (await this.#parts.renew()) === null) this.#become({ kind: 'lost', cause: 'sessionEnded' });
    } catch (failure) {
      // The next try asks for a token again.
      this.#parts.logger.log('debug', 'The token could not be renewed now.', { failure: nameOf(failure) });
    }
  }

  async #renewOn(line: Line): Promise<void> {
    try {
      const token = await this.#parts.renew();
      if (token !== null && this.#line === line) await line.invoke('Renew', token);
    } catch (failure) {
      // The connection closes with a code when the token ends, and the next one brings a fresh token.
      this.#parts.logger.log('debug', 'The token of the connection could not be renewed.', { failure: nameOf(failure), code: closeCodes.expired });
    }
  }

  #notice(sign: Sign): void {
    const { phase } = this.#state.getSnapshot();
    if (sign === 'offline') return this.#lose({ cause: 'deviceOffline' });
    if (sign !== 'woke') return;
    if (phase === 'offline') this.hurry();
    else if (phase === 'catchingUp' || phase === 'live') this.#parts.woke();
  }

  #become(happening: Happening): void {
    const { clock, chance, backOff, surroundings, logger } = this.#parts;
    const before = this.#state.getSnapshot();
    const after = step(before, happening, { now: clock.now(), chance, backOff, leastMs: surroundings.visible ? 0 : hiddenLeastMs });
    if (after === before) return;
    if (after.phase !== before.phase)
      logger.log(after.phase === 'ended' && after.cause !== 'stopped' ? 'warn' : 'info', 'The connection changed.', { from: before.phase, to: after.phase, cause: after.cause, transport: after.transport, failures: after.failures });
    this.#state.set(after);
    if (after.phase === 'ended' && after.cause === 'sessionEnded') this.#parts.over();
  }
}
