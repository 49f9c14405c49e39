import type { Fetch, Sign, Surroundings } from '../../src/index.js';

/** A network cable: off, no call gets through and the device says that it is offline. */
export class Switch implements Surroundings {
  readonly visible = true;
  online = true;
  #told: (sign: Sign) => void = () => undefined;

  fetch: Fetch = (url, init) => (this.online ? fetch(url, init) : Promise.reject(new TypeError('fetch failed')));

  watch(told: (sign: Sign) => void): () => void {
    this.#told = told;
    return () => (this.#told = () => undefined);
  }

  off(): void {
    this.online = false;
    this.#told('offline');
  }

  on(): void {
    this.online = true;
    this.#told('woke');
  }
}
