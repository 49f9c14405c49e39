import { laterOf } from './outbox/message.js';
import type { Fence, Id } from './protocol/entities.js';

/** The newest members position that is known of each channel, from its members feed, from answers to commands, or from what its messages were fenced with. */
export class Fences {
  readonly #known = new Map<Id, Fence>();

  of(channelId: Id): Fence | null {
    return this.#known.get(channelId) ?? null;
  }

  /** A later position is kept, an earlier one ignored. */
  learn(channelId: Id, fence: Fence | null | undefined): void {
    if (!fence) return;
    const later = laterOf(this.of(channelId), { epoch: fence.epoch, revision: fence.revision });
    if (later) this.#known.set(channelId, later);
  }
}
