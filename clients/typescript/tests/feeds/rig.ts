import { ChatApiError, UnreachableError, feedNames, type Head, type Message, type MyChannel } from '../../src/index.js';
import type { ChatApi } from '../../src/api/chatApi.js';
import { EntityMap } from '../../src/feeds/holding.js';
import { keys } from '../../src/feeds/keys.js';
import { MessageWindow } from '../../src/feeds/messageWindow.js';
import { FeedView } from '../../src/feeds/view.js';
import { Outbox } from '../../src/outbox/outbox.js';
import { memoryOutbox } from '../../src/outbox/storage.js';
import { unseen } from '../../src/store/entries.js';
import { Profiles } from '../../src/store/profiles.js';
import { SyncDesk } from '../../src/syncing/desk.js';
import { PlayedClock, settle } from '../playedClock.js';
import { PlayedLine } from '../playedLine.js';
import type { Step, Vector } from './vectors.js';

const somebody = '01920000-0000-7000-8000-000000000001';
const urgency = ['now', 'soon', 'later'] as const;

/** A client's readers and outbox, with the test as their server and their clock. */
export class Rig {
  readonly #clock = new PlayedClock();
  readonly #desk: SyncDesk;
  readonly #outbox: Outbox;
  readonly #vector: Vector;
  readonly #view: FeedView<never, EntityMap<never> | MessageWindow> | Profiles | null;
  readonly #posts = new Map<string, { resolve: (message: Message) => void; reject: (failure: unknown) => void }>();
  #nextId = '';
  #asked: string[] = [];
  #line = new PlayedLine();
  #head: Head | null = null;
  #joined: boolean | null = null;
  #commanded: ((message: Message) => void) | null = null;

  private constructor(vector: Vector, private readonly patienceMs: number) {
    this.#vector = vector;
    const logger = { log: (_: unknown, message: string, facts: Readonly<Record<string, unknown>> = {}) => void (message === 'A feed is asked for.' && facts['feed'] === vector.feed && this.#asked.push(String(facts['when']))) };
    const failed = (failure: unknown) => {
      throw failure;
    };
    const common = { clock: this.#clock, chance: () => 0.5, backOff: { minMs: 200, maxMs: 10_000 }, logger, failed };
    const own = new Map<string, FeedView<MyChannel, EntityMap<MyChannel>>>();
    this.#desk = new SyncDesk({
      ...common,
      caughtUp: () => undefined,
      silent: () => undefined,
      gap: () => undefined,
      came: (delta) => feedNames.parse(delta.feed)?.kind === 'messages' && this.#outbox.came(delta.items as readonly Message[]),
      mayRead: (feed) => [...own.values()].some((view) => view.holding.items.get(feedNames.parse(feed)?.id ?? '')?.left === false),
    });
    this.#outbox = new Outbox({
      ...common,
      storage: memoryOutbox(),
      makeId: () => this.#nextId,
      membersOf: () => null,
      post: (_, { clientId }) => new Promise((resolve, reject) => this.#posts.set(clientId, { resolve, reject })),
      answers: () => this.#answers(),
    });
    for (const feed of vector.also ?? []) {
      const view = new FeedView<MyChannel, EntityMap<MyChannel>>(feed, new EntityMap(keys.userChannels), (applied) => {
        for (const { items } of applied) for (const { left, channelId } of items) if (!left) [feedNames.messages(channelId), feedNames.members(channelId)].forEach((f) => this.#desk.readmit(f));
      });
      own.set(feed, view);
      this.#desk.watch(feed, view);
    }
    this.#view = this.#watch(common);
  }

  static async of(vector: Vector, patienceMs: number): Promise<Rig> {
    const rig = new Rig(vector, patienceMs);
    await rig.#outbox.start(vector.me ?? somebody);
    rig.#desk.attach(rig.#line);
    await settle();
    return rig;
  }

  dispose(): void {
    this.#outbox.dispose();
    this.#desk.dispose();
  }

  async take(step: Step): Promise<void> {
    if (step.sync && !this.#line.asked) {
      this.#desk.ask(this.#vector.feed);
      await settle();
    }
    this.#asked = [];
    this.#joined = null;
    if (step.delta) this.#desk.offer(step.delta);
    if (step.sync) this.#line.answer(step.sync);
    if (step.heads) this.#desk.heads(step.heads);
    for (const feeds of [step.behind, step.dropped]) if (feeds) this.#desk.askAllOf(feeds);
    if (step.connect) await this.#connect();
    if (step.patience) await this.#clock.pass(this.patienceMs);
    if (step.page) this.#joined = this.#messages.joinOlder(step.page, (this.#view as FeedView<never>).lastReset) === 'joined';
    if (step.put) this.#joined = (this.#view as Profiles).put(step.put);
    await this.#command(step);
    await settle();
  }

  get need(): string {
    return urgency.find((when) => this.#asked.includes(when)) ?? 'nothing';
  }

  get position(): readonly [number, number] {
    const { epoch, revision } = this.#view?.position ?? { epoch: 0, revision: 0 };
    return [epoch, revision];
  }

  get floor(): number {
    return this.#view instanceof FeedView ? (this.#view.holding instanceof MessageWindow ? this.#view.holding.floor : this.#view.floor) : 1;
  }

  get held(): Record<string, number> {
    if (this.#view instanceof Profiles) return Object.fromEntries([...this.#view.held.entries()].map(([id, { revision }]) => [id, revision]));
    const holding = this.#view?.holding;
    if (holding instanceof MessageWindow) return Object.fromEntries([...holding.messages, ...holding.strays].map(({ id, revision }) => [id, revision]));
    return Object.fromEntries([...(holding?.items ?? new Map<string, { revision: number }>())].map(([key, item]) => [key, (item as { revision: number }).revision]));
  }

  get continuity(): string | null {
    return this.#view?.continuity ?? null;
  }

  get head(): readonly [number, number] | null {
    return this.#head && [this.#head.epoch, this.#head.revision];
  }

  get joined(): boolean | null {
    return this.#joined;
  }

  get outbox(): Record<string, string> {
    return Object.fromEntries(this.#outbox.messages.getSnapshot().flatMap(({ clientId, state }) => (state.kind === 'sent' ? [] : [[clientId, state.kind]])));
  }

  get shown(): number {
    return this.#messages.messages.length + unseen(this.#outbox.messages.getSnapshot(), this.#messages.messages).length;
  }

  get #messages(): MessageWindow {
    return (this.#view as FeedView<never, MessageWindow>).holding;
  }

  #watch(common: { clock: PlayedClock; logger: never | { log: (_: unknown, message: string) => void }; failed: (failure: unknown) => void }) {
    const { feed, mode } = this.#vector;
    this.#desk.watchHeads(feed, (head) => (this.#head = head));
    if (mode === 'heads') return null;
    if (mode === 'partial') {
      const profiles = new Profiles({ ...common, desk: this.#desk, api: { usersByIds: () => new Promise(() => undefined) } as unknown as ChatApi });
      profiles.start();
      return profiles;
    }
    const kind = feedNames.parse(feed)!.kind;
    const holding = kind === 'messages' ? new MessageWindow(1000) : new EntityMap<never>(keys[kind] as (item: never) => string);
    const view = new FeedView<never, EntityMap<never> | MessageWindow>(feed, holding as EntityMap<never>, (applied) => {
      if (kind === 'messages') for (const { items } of applied) this.#outbox.seen(items);
    });
    this.#desk.watch(feed, view);
    return view;
  }

  async #connect(): Promise<void> {
    this.#desk.detach();
    await this.#line.close();
    await settle();
    this.#asked = [];
    this.#line = new PlayedLine();
    this.#desk.attach(this.#line);
  }

  async #command({ command, answer, send, lost, refused, retry, discard }: Step): Promise<void> {
    if (command) this.#commanded = this.#answers();
    if (send) {
      this.#nextId = send.clientId;
      this.#outbox.send(feedNames.parse(this.#vector.feed)!.id, { text: 'x' });
    }
    if (answer) {
      const posting = answer.authorId === (this.#vector.me ?? somebody) ? await this.#posting(answer.clientId) : undefined;
      if (posting) posting.resolve(answer);
      else {
        (this.#commanded ?? this.#answers())(answer);
        this.#commanded = null;
      }
    }
    if (lost) (await this.#posting(lost))?.reject(new UnreachableError('no answer'));
    if (refused) (await this.#posting(refused.clientId))?.reject(new ChatApiError(refused.status, refused.code, ''));
    if (retry) this.#outbox.retry(retry);
    if (discard) this.#outbox.discard(discard);
  }

  /** The try that is on its way; it may wait for its back-off. */
  async #posting(clientId: string) {
    await settle();
    const waits = this.outbox[clientId] === 'pending';
    if (!this.#posts.has(clientId) && waits) {
      this.#outbox.hurry();
      await settle();
    }
    const posting = this.#posts.get(clientId);
    this.#posts.delete(clientId);
    return posting;
  }

  #answers(): (message: Message) => void {
    const view = this.#view instanceof FeedView && this.#view.holding instanceof MessageWindow ? this.#view : null;
    const holds = view?.asked();
    return (message) => void (holds?.() && (view?.holding as MessageWindow).update(message));
  }
}
