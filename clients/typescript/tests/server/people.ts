import { ChatClient, type ChatClientOptions, type TokenStorage } from '../../src/index.js';

/** Registers people and gives each a client that has started. */
export class People {
  readonly #clients: ChatClient[] = [];
  #count = 0;

  constructor(private readonly address: () => string) {}

  async join(name: string, options: Partial<ChatClientOptions> = {}): Promise<ChatClient> {
    const client = new ChatClient({ address: this.address(), ...options });
    this.#clients.push(client);
    const username = `${name}${++this.#count}`;
    await client.register({ username, password: 'correct horse' });
    await client.signIn(username, 'correct horse');
    await client.start();
    return client;
  }

  /** Another client of a session that is there. */
  again(tokens: TokenStorage): ChatClient {
    const client = new ChatClient({ address: this.address(), tokens });
    this.#clients.push(client);
    return client;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.dispose()));
  }
}
