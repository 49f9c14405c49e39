import fc from 'fast-check';
import type { Delta, Message } from '../../src/index.js';

export const channel = '01920000-0000-7000-8000-00000000000c';
export const feed = `channels/${channel}/messages`;

export function message(seq: number, revision: number, more: Partial<Message> = {}): Message {
  const tail = seq.toString(16).padStart(12, '0');
  return {
    id: `01920000-0000-7000-8000-${tail}`, channelId: channel, seq, revision, authorId: '01920000-0000-7000-8000-000000000002', clientId: `01920000-0000-7000-9000-${tail}`, text: `message ${seq} as of ${revision}`,
    threadId: null, replyCount: 0, lastReplyAt: null, mentions: [], attachments: [], reactions: [], pinned: false, createdAt: '2026-01-01T00:00:00.000Z', editedAt: null, deleted: false, ...more,
  };
}

/** A channel's owner: it posts, edits, is restored, and answers as the protocol says. */
export class Owner {
  epoch = 1;
  #messages: Message[] = [];
  #head = 0;

  get head(): number {
    return this.#head;
  }

  get messages(): readonly Message[] {
    return this.#messages;
  }

  post(): Delta<Message> {
    return this.#write(this.#messages.length);
  }

  edit(index: number): Delta<Message> {
    return this.#messages.length === 0 ? this.post() : this.#write(index % this.#messages.length);
  }

  /** The last commits are lost, and a new epoch begins. */
  restore(lost: number): void {
    const revision = Math.max(0, this.#head - lost);
    this.#messages = this.#messages.filter((m) => m.revision <= revision).map((m, i) => message(i + 1, m.revision));
    this.#head = revision;
    this.epoch++;
  }

  since(epoch: number, revision: number, window: number): Delta<Message> {
    if (epoch === this.epoch && this.#head - revision <= window) return this.#delta(revision, this.#messages.filter((m) => m.revision > revision));
    const items = this.#messages.slice(-window);
    return { ...this.#delta(0, items), reset: true, floor: items[0]?.seq ?? 1 };
  }

  page(before: number, limit: number): { readonly items: readonly Message[]; readonly mine: {}; readonly feed: { readonly feed: string; readonly epoch: number; readonly revision: number }; readonly fence: { readonly epoch: number; readonly revision: number } } {
    return { items: this.#messages.filter((m) => m.seq < before).slice(-limit), mine: {}, feed: { feed, epoch: this.epoch, revision: this.#head }, fence: { epoch: 1, revision: 1 } };
  }

  #write(index: number): Delta<Message> {
    const from = this.#head++;
    this.#messages[index] = message(index + 1, this.#head, { text: `message ${index + 1} of epoch ${this.epoch}, revision ${this.#head}` });
    return this.#delta(from, [this.#messages[index]!]);
  }

  #delta(from: number, items: readonly Message[]): Delta<Message> {
    return { feed, epoch: this.epoch, from, to: this.#head, reset: false, floor: null, more: false, fence: { epoch: 1, revision: 1 }, items: [...items].sort((a, b) => a.revision - b.revision) };
  }
}

export type Event =
  | { readonly kind: 'post' | 'sync' | 'arrive' | 'lose' | 'askPage' | 'pageComes' | 'askNewer' | 'newest' }
  | { readonly kind: 'edit' | 'restore' | 'visit'; readonly at: number };

export const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 60, arbitrary: fc.constant<Event>({ kind: 'post' }) },
    { weight: 60, arbitrary: fc.record({ kind: fc.constant('edit' as const), at: fc.nat(500) }) },
    { weight: 90, arbitrary: fc.constantFrom<Event>({ kind: 'arrive' }, { kind: 'arrive' }, { kind: 'arrive' }, { kind: 'lose' }, { kind: 'sync' }) },
    { weight: 80, arbitrary: fc.constantFrom<Event>({ kind: 'askPage' }, { kind: 'pageComes' }, { kind: 'askNewer' }, { kind: 'newest' }) },
    { weight: 30, arbitrary: fc.record({ kind: fc.constant('visit' as const), at: fc.nat(500) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const), at: fc.nat(10) }) },
  ),
  { minLength: 100, maxLength: 400, size: 'max' },
);
