import type { Id } from '../protocol/entities.js';
import type { TypingSeen } from '../protocol/hub.js';
import type { Clock } from '../time/clock.js';
import { ValueStore, type OnListenerFailure, type Store } from './store.js';

/** How long somebody is shown as writing, unless it is said again; the server's own time, as clocks differ. */
const shownMs = 6_000;

/** How often the caller's own writing is said at most. */
const sayEachMs = 3_000;

const nobody: readonly Id[] = [];

/** Who writes where. Ephemeral: it may be lost, and ends by itself. */
export class Typing {
  readonly #channels = new Map<Id, { readonly store: ValueStore<readonly Id[]>; readonly ends: Map<Id, () => void> }>();
  readonly #said = new Map<Id, number>();

  constructor(
    private readonly clock: Clock,
    private readonly failed: OnListenerFailure,
    private readonly say: (channelId: Id) => void,
  ) {}

  /** The ids of those who write in a channel now, in the order in which they began. */
  of(channelId: Id): Store<readonly Id[]> {
    return this.#channel(channelId).store;
  }

  seen({ channelId, userId }: TypingSeen): void {
    const { store, ends } = this.#channel(channelId);
    ends.get(userId)?.();
    ends.set(userId, this.clock.after(shownMs, () => this.ended(channelId, userId)));
    if (!store.getSnapshot().includes(userId)) store.set([...store.getSnapshot(), userId]);
  }

  /** What somebody wrote has come, or nothing more was heard. */
  ended(channelId: Id, userId: Id): void {
    const channel = this.#channels.get(channelId);
    if (!channel?.ends.has(userId)) return;
    channel.ends.get(userId)?.();
    channel.ends.delete(userId);
    const rest = channel.store.getSnapshot().filter((id) => id !== userId);
    channel.store.set(rest.length === 0 ? nobody : rest);
  }

  /** The caller writes; call it at each key, it is said now and then. */
  write(channelId: Id): void {
    const now = this.clock.now();
    if (now - (this.#said.get(channelId) ?? -Infinity) < sayEachMs) return;
    this.#said.clear();
    this.#said.set(channelId, now);
    this.say(channelId);
  }

  dispose(): void {
    for (const { store, ends } of this.#channels.values()) {
      for (const cancel of ends.values()) cancel();
      store.dispose();
    }
    this.#channels.clear();
  }

  #channel(channelId: Id) {
    let channel = this.#channels.get(channelId);
    if (!channel) this.#channels.set(channelId, (channel = { store: new ValueStore<readonly Id[]>(nobody, this.failed), ends: new Map() }));
    return channel;
  }
}
