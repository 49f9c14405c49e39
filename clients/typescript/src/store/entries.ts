import type { Messages } from '../feeds/messages.js';
import type { OutgoingMessage } from '../outbox/message.js';
import type { Id, Message } from '../protocol/entities.js';

/** One line of a timeline. `key` stays the same from pending to stored: it is the author and the `clientId`. */
export type TimelineEntry =
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; /** The caller's own reactions. */ readonly mine: readonly string[] }
  | { readonly kind: 'outgoing'; readonly key: string; readonly outgoing: OutgoingMessage };

export const keyOf = ({ authorId, clientId }: { readonly authorId: Id; readonly clientId: Id }): string => `${authorId}/${clientId}`;

const none: readonly string[] = [];

/** The first 20 who reacted are named; only beyond that the server has to say which are one's own. */
const namedReactions = 20;

/** Makes lines of messages; the same message makes the same line. */
export class Entries {
  #lines = new WeakMap<object, TimelineEntry>();
  readonly #mine = new Map<Id, readonly string[]>();

  constructor(
    private readonly me: () => Id | null,
    private readonly kept: number,
  ) {}

  /** The server said which reactions are the caller's own. */
  learn(mine: Readonly<Record<Id, readonly string[]>>): void {
    for (const [id, emojis] of Object.entries(mine)) {
      this.#mine.delete(id);
      this.#mine.set(id, emojis);
    }
    for (const id of this.#mine.keys()) {
      if (this.#mine.size <= this.kept) break;
      this.#mine.delete(id);
    }
    this.#lines = new WeakMap();
  }

  /** The caller reacted, or took a reaction back. */
  reacted(id: Id, emoji: string, yes: boolean): void {
    const others = (this.#mine.get(id) ?? none).filter((e) => e !== emoji);
    this.learn({ [id]: yes ? [...others, emoji] : others });
  }

  /** Stored messages, then what is on its way and not among them. */
  of(messages: Messages, outgoing: readonly OutgoingMessage[]): readonly TimelineEntry[] {
    const lines: TimelineEntry[] = messages.map((message) => this.#line(message, () => ({ kind: 'message', key: keyOf(message), message, mine: this.#mineOf(message) })));
    for (const each of outgoing) lines.push(this.#line(each, () => ({ kind: 'outgoing', key: keyOf(each), outgoing: each })));
    return lines;
  }

  #line(source: object, make: () => TimelineEntry): TimelineEntry {
    let line = this.#lines.get(source);
    if (!line) this.#lines.set(source, (line = make()));
    return line;
  }

  #mineOf({ id, reactions }: Message): readonly string[] {
    const me = this.me();
    if (!me || reactions.length === 0) return none;
    const known = this.#mine.get(id) ?? none;
    return reactions.filter((r) => r.userIds.includes(me) || (r.count > namedReactions && known.includes(r.emoji))).map((r) => r.emoji);
  }
}

/** What is on its way to a place, without what is held there already: known by (author, clientId), or by a seq that is held. Pure. */
export function unseen(outgoing: readonly OutgoingMessage[], messages: Messages): readonly OutgoingMessage[] {
  if (outgoing.length === 0) return outgoing;
  const last = messages.at(-1)?.seq ?? 0;
  const own = new Set(outgoing.map((o) => o.clientId));
  const held = new Set(messages.filter((m) => own.has(m.clientId)).map(keyOf));
  return outgoing.filter((o) => !held.has(keyOf(o)) && !(o.state.kind === 'sent' && o.state.message.seq <= last));
}
