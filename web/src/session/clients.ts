import { ChatClient, type Logger, type Store } from '@chatgenius/client';

const logger: Logger = {
  log(level, message, facts) {
    if (level !== 'debug') console[level](message, facts ?? '');
  },
};

/** The client of the present session. When a session ends the next one gets a client of its own. */
class Clients implements Store<ChatClient> {
  #client: ChatClient;
  readonly #listeners = new Set<() => void>();
  #lastEnd: 'signedOut' | 'sessionEnded' | null = null;

  constructor() {
    this.#client = this.#make();
  }

  /** Why the last session on this page ended; null when there was none. */
  get lastEnd(): 'signedOut' | 'sessionEnded' | null {
    return this.#lastEnd;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  getSnapshot = (): ChatClient => this.#client;

  #make(): ChatClient {
    const client = new ChatClient({ address: location.origin, logger });
    const stop = client.session.subscribe(() => {
      if (client.session.getSnapshot().state !== 'ended') return;
      stop();
      // The cause is known a moment after the session's end.
      queueMicrotask(() => {
        this.#lastEnd = client.connection.getSnapshot().cause === 'signedOut' ? 'signedOut' : 'sessionEnded';
        this.#client = this.#make();
        for (const listener of [...this.#listeners]) listener();
        void client.dispose();
      });
    });
    return client;
  }
}

export const clients = new Clients();
