import { nameOf, type Logger } from '../logging.js';
import type { Clock } from '../time/clock.js';
import type { Cause } from './causes.js';
import type { Line } from './line.js';

/** What this client saw of the network, told to the operator at each reconnect: what dropped the line, gaps, the transport and its round trip. */
export class Quality {
  #causes = new Map<Cause, number>();
  #gaps = 0;

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  lost(cause: Cause): void {
    if (cause !== 'stopped' && cause !== 'signedOut') this.#causes.set(cause, (this.#causes.get(cause) ?? 0) + 1);
  }

  gap(): void {
    this.#gaps++;
  }

  /** Tells what was seen since the last time; the first connection has nothing to tell. */
  opened(line: Line): void {
    if (this.#causes.size > 0) void this.#tell(line);
  }

  async #tell(line: Line): Promise<void> {
    const [causes, gaps] = [this.#causes, this.#gaps];
    this.#causes = new Map();
    this.#gaps = 0;
    try {
      const asked = this.clock.now();
      await line.invoke('Unwatch', []);
      const reconnects = [...causes.values()].reduce((sum, n) => sum + n, 0);
      const transport = line.transport && line.transport[0]!.toLowerCase() + line.transport.slice(1);
      await line.invoke('Report', { roundTripMs: this.clock.now() - asked, reconnects, causes: Object.fromEntries(causes), gaps, ...(transport ? { transport } : {}) });
    } catch (failure) {
      this.logger.log('debug', 'What was seen of the network could not be told.', { failure: nameOf(failure) });
    }
  }
}
