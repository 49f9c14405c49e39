import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delta, Message, MessagePage } from '../../src/index.js';
import { MessageWindow } from '../../src/feeds/messageWindow.js';
import { lastSeqOf } from '../../src/feeds/messages.js';
import { FeedView } from '../../src/feeds/view.js';
import { events, feed, Owner, type Event } from './history.js';

const limit = 400;
const seed = Number(process.env['CHATGENIUS_TEST_SEED'] ?? Date.now() % 2 ** 31);

/** Some client of some owner, with everything between them shuffled, lost and doubled by chance. */
class Run {
  readonly owner = new Owner();
  readonly view = new FeedView<Message, MessageWindow>(feed, new MessageWindow(limit));
  readonly #underway: Delta<Message>[] = [];
  readonly #pages: { readonly page: MessagePage; readonly join: (page: MessagePage) => string }[] = [];
  #stood = { epoch: 0, revision: 0 };

  constructor(private readonly chance: () => number) {
    // A channel with a past.
    for (let i = 0; i < 300; i++) this.owner.post();
    this.#offer(this.#answer());
  }

  take(event: Event): void {
    const { holding } = this.view;
    const pick = <T>(list: T[]): T | undefined => (list.length === 0 ? undefined : list.splice(Math.floor(this.chance() * list.length), 1)[0]);
    if (event.kind === 'post') for (let i = 0; i < 3; i++) this.#underway.push(this.owner.post());
    else if (event.kind === 'edit') this.#underway.push(this.owner.edit(event.at));
    else if (event.kind === 'restore') this.owner.restore(event.at);
    else if (event.kind === 'lose') pick(this.#underway);
    else if (event.kind === 'arrive') this.#offer(this.chance() < 0.8 ? this.#underway.shift() : pick(this.#underway));
    else if (event.kind === 'sync') this.#offer(this.#answer());
    else if (event.kind === 'askPage') this.#pages.push({ page: this.owner.page((holding.excerpt ?? holding).floor, 100), join: (page) => holding.joinOlder(page, this.view.lastReset) });
    else if (event.kind === 'askNewer') this.#pages.push({ page: this.owner.page(lastSeqOf(holding.excerpt?.messages ?? []) + 101, 100), join: (page) => holding.joinNewer(page, this.view.lastReset) });
    else if (event.kind === 'visit') this.#pages.push({ page: this.owner.page(event.at + 50, 100), join: (page) => holding.visit(page, this.view.lastReset) });
    else if (event.kind === 'newest') holding.leaveExcerpt();
    else {
      const next = pick(this.#pages);
      if (next) next.join(next.page);
    }
    this.#check();
  }

  /** The network is well again: one sync, and nothing may differ. */
  heal(): void {
    this.#offer(this.#answer());
    const { holding, position } = this.view;
    expect([position.epoch, position.revision]).toEqual([this.owner.epoch, this.owner.head]);
    expect(holding.messages).toEqual(this.owner.messages.filter((m) => m.seq >= holding.floor));
    if (holding.excerpt) {
      const { messages, floor } = holding.excerpt;
      expect(messages).toEqual(this.owner.messages.filter((m) => m.seq >= floor && m.seq <= lastSeqOf(messages)));
    }
  }

  #answer(): Delta<Message> {
    return this.owner.since(this.view.position.epoch, this.view.position.revision, 120);
  }

  #offer(delta: Delta<Message> | undefined): void {
    if (!delta) return;
    this.view.offer(delta);
    // Now and then it comes twice.
    if (this.chance() < 0.2) this.#underway.push(delta);
  }

  #check(): void {
    const { position, holding } = this.view;
    must(position.epoch > this.#stood.epoch || (position.epoch === this.#stood.epoch && position.revision >= this.#stood.revision), 'a position moved back within an epoch');
    this.#stood = position;
    must(holding.messages.length <= limit && (holding.excerpt?.messages.length ?? 0) <= limit && [...holding.strays].length <= 500, 'the window grew beyond its limit');
    for (const list of [holding.messages, holding.excerpt?.messages ?? []]) must(list.every((m, i) => i === 0 || m.seq > list[i - 1]!.seq), 'messages out of order, or double');
  }
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

test(`whatever is lost, late, doubled or restored, one sync makes it right (CHATGENIUS_TEST_SEED=${seed})`, () =>
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), (happenings, chances) => {
      const run = new Run(() => chances.next().value as number);
      for (const event of happenings) run.take(event);
      run.heal();
    }),
    { seed, numRuns: 150 },
  ));
