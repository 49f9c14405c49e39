import { ChatApi } from './api/chatApi.js';
import { Http } from './api/http.js';
import { SignedOutError } from './api/refusal.js';
import { Commands } from './commands.js';
import { Quality } from './connection/quality.js';
import { Connection } from './connection/connection.js';
import type { Cause } from './connection/causes.js';
import type { Line } from './connection/line.js';
import type { ConnectionState } from './connection/state.js';
import { Fences } from './fences.js';
import { nameOf } from './logging.js';
import { settingsOf, type ChatClientOptions, type Settings } from './options.js';
import { Outbox } from './outbox/outbox.js';
import type { PostMessage, RegisterUser } from './protocol/calls.js';
import type { Id, Message, User } from './protocol/entities.js';
import type { PresenceState } from './protocol/hub.js';
import { feedNames } from './protocol/feedNames.js';
import type { Delta } from './protocol/sync.js';
import { Members } from './store/members.js';
import { Presence } from './store/presence.js';
import { Profiles } from './store/profiles.js';
import { Shelf } from './store/shelf.js';
import { SideBar, type SideBarSnapshot } from './store/sideBar.js';
import { Listeners, ValueStore, type Store } from './store/store.js';
import { Thread } from './store/thread.js';
import { Timeline } from './store/timeline.js';
import { Typing } from './store/typing.js';
import { SyncDesk } from './syncing/desk.js';
import { pause } from './time/clock.js';
import { backOffAfter } from './time/backOff.js';
import { TokenKeeper } from './tokens/keeper.js';

export interface Session {
  /** `signedOut` before a sign-in; `ended` when it was signed out, here or in another tab, or the server ended it. */
  readonly state: 'signedOut' | 'signedIn' | 'ended';
  /** Null until it is known. */
  readonly user: User | null;
}

/**
 * One person's session with a deployment: what is subscribed to is brought to the server's state and kept there, through cuts, restarts and removals.
 * Nothing connects before {@link start}; {@link stop} is final; until then it comes back by itself. After a session has ended a new client is made for the next.
 */
export class ChatClient {
  /** The HTTP calls. Prefer {@link commands}, which also bring what is held up to date. */
  readonly api: ChatApi;
  readonly commands: Commands;
  readonly outbox: Outbox;
  readonly #settings: Settings;
  readonly #http: Http;
  readonly #tokens: TokenKeeper;
  readonly #session: ValueStore<Session>;
  readonly #connection: Connection;
  readonly #desk: SyncDesk;
  readonly #fences = new Fences();
  readonly #typing: Typing;
  readonly #presence: Presence;
  readonly #profiles: Profiles;
  readonly #timelines: Shelf<Timeline>;
  readonly #threads: Shelf<Thread>;
  readonly #members: Shelf<Members>;
  readonly #deltas: Listeners<[Delta]>;
  readonly #quality: Quality;
  readonly #stopping = new AbortController();
  #sideBar: SideBar | null = null;
  #line: Line | null = null;
  #lineToken: string | null = null;
  #started: Promise<void> | null = null;

  constructor(options: ChatClientOptions) {
    const settings = (this.#settings = settingsOf(options));
    const { clock, chance, backOff, logger, makeId, windowSize, keptChannels } = settings;
    const failed = (failure: unknown) => logger.log('error', 'A subscriber failed.', { failure: nameOf(failure) });
    const me = () => this.#session.getSnapshot().user?.id ?? null;
    this.#http = new Http(settings.address, settings.fetch, clock);
    this.#tokens = new TokenKeeper(this.#http, settings.tokens, clock, logger, (how) => (how === 'signedIn' ? this.#adopted() : this.#ended(how)));
    this.#session = new ValueStore<Session>({ state: this.#tokens.signedIn ? 'signedIn' : 'signedOut', user: null }, failed);
    this.#deltas = new Listeners<[Delta]>(failed);
    this.#quality = new Quality(clock, logger);
    this.api = new ChatApi(this.#http, this.#tokens, settings.callTimeoutMs);
    this.outbox = new Outbox({ storage: settings.outbox, clock, chance, backOff, logger, failed, makeId, post: (channelId, body) => this.#post(channelId, body), membersOf: (id) => this.#fences.of(id), answers: (channelId) => this.#answers(channelId) });
    this.#desk = new SyncDesk({
      clock, chance, backOff, logger,
      caughtUp: (yes) => this.#connection.caughtUp(yes),
      silent: () => this.#connection.lose('silent'),
      gap: () => this.#quality.gap(),
      came: (delta) => this.#came(delta),
      mayRead: (feed) => this.#sideBar?.isMember(feedNames.parse(feed)?.id ?? '') ?? false,
    });
    this.#typing = new Typing(clock, failed, (channelId) => this.#say('Typing', (line) => line.invoke('Typing', channelId)));
    this.#presence = new Presence(clock, failed, (ids) => this.#say('WatchPresence', (line) => line.invoke('WatchPresence', ids)), (state) => this.#say('SetPresence', (line) => line.invoke('SetPresence', state)));
    this.#profiles = new Profiles({ desk: this.#desk, api: this.api, clock, failed, logger });
    this.#timelines = new Shelf((id) => new Timeline(id, { clock, failed, desk: this.#desk, api: this.api, outbox: this.outbox, me, windowSize }), keptChannels);
    this.#members = new Shelf((id) => new Members(id, { clock, failed, desk: this.#desk, stands: (channel, fence) => this.#fences.learn(channel, fence) }), keptChannels);
    this.#threads = new Shelf((key) => {
      const [channelId, rootId] = key.split('/') as [Id, Id];
      return new Thread(channelId, rootId, { clock, failed, chance, api: this.api, outbox: this.outbox, me, timeline: () => this.timeline(channelId) });
    }, keptChannels);
    this.commands = new Commands(this.api, this.#fences, {
      message: (channelId) => this.#answers(channelId),
      reacted: (message, emoji, yes) => this.#reacted(message, emoji, yes),
      channel: (channel) => this.#sideBar?.take(channel),
      mine: () => this.#sideBar?.answersOfOwn() ?? (() => undefined),
      read: () => this.#sideBar?.answersOfReads() ?? (() => undefined),
      user: (user) => this.#tookUser(user),
    }, makeId);
    this.#connection = new Connection({
      clock, chance, backOff, logger, failed,
      surroundings: settings.surroundings,
      makeLine: settings.makeLine(this.api.ticket),
      renew: () => this.#renew(),
      hears: {
        Delta: (delta) => this.#desk.offer(delta),
        Heads: (heads) => this.#desk.heads(heads),
        Behind: (feeds) => this.#desk.askAllOf(feeds),
        Dropped: (feeds) => this.#desk.askAllOf(feeds),
        Typing: (typing) => this.#typing.seen(typing),
        Presence: (presence) => this.#presence.seen(presence),
      },
      opened: (line) => this.#opened(line),
      closed: (cause) => this.#closed(cause),
      woke: () => this.#desk.doubt(),
      over: () => this.#tokens.end(),
    });
  }

  /** Who is signed in. */
  get session(): Store<Session> {
    return this.#session;
  }

  /** The state of the connection. */
  get connection(): Store<ConnectionState> {
    return this.#connection.state;
  }

  /**
   * The caller's channels with what is unread; kept up to date while somebody is subscribed.
   * @throws {SignedOutError} It is not known yet who the caller is: wait for {@link start}.
   */
  get sideBar(): Store<SideBarSnapshot> {
    if (!this.#sideBar) throw new SignedOutError('It is not known yet who the caller is.');
    return this.#sideBar;
  }

  /** The messages of a channel; kept up to date while somebody is subscribed. */
  timeline(channelId: Id): Timeline {
    return this.#timelines.get(channelId);
  }

  /** The replies to a message; kept up to date while somebody is subscribed. */
  thread(channelId: Id, messageId: Id): Thread {
    return this.#threads.get(`${channelId}/${messageId}`);
  }

  /** A channel and its members; kept up to date while somebody is subscribed. */
  members(channelId: Id): Members {
    return this.#members.get(channelId);
  }

  /** A user's profile; null until it is known. */
  profile(userId: Id): Store<User | null> {
    return this.#profiles.of(userId);
  }

  /** A user's presence; null while it is not known. */
  presence(userId: Id): Store<PresenceState | null> {
    return this.#presence.of(userId);
  }

  /** The ids of those who write in a channel now. Told for channels whose timeline somebody is subscribed to. */
  typing(channelId: Id): Store<readonly Id[]> {
    return this.#typing.of(channelId);
  }

  /** The caller writes; call it at each key. */
  sayTyping(channelId: Id): void {
    this.#typing.write(channelId);
  }

  /** How the caller is, until it is said otherwise. At first: active. */
  setPresence(state: 'active' | 'away'): void {
    this.#presence.become(state);
  }

  /** Calls back with every delta that comes, before it is applied; the returned function ends that. */
  onDelta(listener: (delta: Delta) => void): () => void {
    return this.#deltas.add(listener);
  }

  /** Compares everything that is watched with the server now. Waking up and coming online do that by themselves. */
  compare(): void {
    this.#desk.doubt();
  }

  /** @throws {ChatApiError} `username_taken`, `registration_closed`, or `invalid` with reasons. */
  register(user: RegisterUser): Promise<User> {
    return this.api.register(user);
  }

  /** @throws {ChatApiError} `invalid_grant`: the account or password is wrong, or too many tried. */
  async signIn(username: string, password: string): Promise<void> {
    if (this.#session.getSnapshot().state !== 'signedOut') throw new Error('This client has had its session: make a new one.');
    await this.#tokens.signIn(username, password);
    this.#session.set({ state: 'signedIn', user: null });
  }

  /** Ends the session everywhere, and this client. */
  async signOut(): Promise<void> {
    await this.#tokens.signOut();
  }

  /**
   * Begins to connect, and to come back whenever the connection is lost. Resolves when it is known who the caller is, which may take until the network is there.
   * @throws {SignedOutError} Nobody is signed in, or the session is over.
   */
  start(): Promise<void> {
    return (this.#started ??= this.#start());
  }

  /** Ends the connection for good. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#connection.stop();
    this.#letGo();
  }

  /** Ends everything: no timer, listener or connection is left. */
  async dispose(): Promise<void> {
    await this.stop();
    this.#connection.dispose();
    this.#session.dispose();
    this.#deltas.clear();
  }

  async #start(): Promise<void> {
    if (!this.#tokens.signedIn || this.#stopping.signal.aborted) throw new SignedOutError('Nobody is signed in.');
    // Both at once: the first paint waits for the slower of the two, not for their sum.
    this.#connection.start();
    const user = await this.#whoAmI();
    this.#session.set({ state: 'signedIn', user });
    this.#profiles.take([user]);
    this.#sideBar = this.#makeSideBar(user.id);
    this.#sideBar.start();
    this.#profiles.start();
    await this.outbox.start(user.id);
  }

  async #whoAmI(): Promise<User> {
    const { clock, backOff, chance, logger } = this.#settings;
    for (let failures = 0; ; failures++) {
      try {
        return await this.api.me();
      } catch (failure) {
        if (failure instanceof SignedOutError || this.#stopping.signal.aborted) throw new SignedOutError('The session is over.');
        logger.log('debug', 'It is not known yet who the caller is.', { failure: nameOf(failure) });
        await pause(clock, backOffAfter(failures, backOff, chance), this.#stopping.signal);
      }
    }
  }

  #makeSideBar(me: Id): SideBar {
    const { clock, logger, chance } = this.#settings;
    const failed = (failure: unknown) => logger.log('error', 'A subscriber failed.', { failure: nameOf(failure) });
    return new SideBar({ clock, failed, desk: this.#desk, api: this.api, logger, chance, me, joined: (id) => [feedNames.messages(id), feedNames.members(id)].forEach((feed) => this.#desk.readmit(feed)) });
  }

  #opened(line: Line): void {
    this.#line = line;
    this.#lineToken = this.#tokens.current;
    this.#quality.opened(line);
    this.#desk.attach(line);
    this.#presence.attached();
    this.outbox.hurry();
    this.#sideBar?.hurry();
  }

  #closed(cause: Cause): void {
    this.#line = null;
    this.#quality.lost(cause);
    this.#desk.detach();
    this.#presence.detached();
  }

  async #renew(): Promise<string | null> {
    const token = await this.#tokens.renew(this.#lineToken);
    if (token !== null) this.#lineToken = token;
    return token;
  }

  #came(delta: Delta): void {
    const name = feedNames.parse(delta.feed);
    if (name?.kind === 'messages') this.#messagesCame(name.id, delta as Delta<Message>);
    this.#deltas.tell(delta);
  }

  #post(channelId: Id, body: PostMessage): Promise<Message> {
    this.#quality.sent(body.clientId);
    return this.api.post(channelId, body);
  }

  #messagesCame(channelId: Id, delta: Delta<Message>): void {
    this.#quality.came(delta);
    this.#fences.learn(channelId, delta.fence);
    for (const message of delta.items) this.#typing.ended(channelId, message.authorId);
    for (const thread of this.#threads.all()) if (thread.channelId === channelId) thread.hear([delta]);
    this.outbox.came(delta.items);
  }

  #answers(channelId: Id): (message: Message) => void {
    const holds = this.#timelines.peek(channelId)?.view.asked();
    return (message) => {
      if (holds?.()) this.#take(message);
    };
  }

  #take(message: Message): void {
    this.#timelines.peek(message.channelId)?.take(message);
    for (const thread of this.#threads.all()) if (thread.channelId === message.channelId) thread.take(message);
  }

  #reacted(message: Message, emoji: string, yes: boolean): void {
    this.#timelines.peek(message.channelId)?.reacted(message.id, emoji, yes);
    for (const thread of this.#threads.all()) if (thread.channelId === message.channelId) thread.reacted(message.id, emoji, yes);
  }

  #tookUser(user: User): void {
    this.#profiles.take([user]);
    const session = this.#session.getSnapshot();
    if (session.user?.id === user.id) this.#session.set({ ...session, user });
  }

  #say(what: string, call: (line: Line) => Promise<unknown>): void {
    if (this.#line) call(this.#line).catch((failure: unknown) => this.#settings.logger.log('debug', 'The hub did not take it.', { what, failure: nameOf(failure) }));
  }

  #adopted(): void {
    if (this.#session.getSnapshot().state === 'signedOut') this.#session.set({ state: 'signedIn', user: null });
  }

  #ended(cause: 'signedOut' | 'sessionEnded'): void {
    this.#stopping.abort();
    this.#session.set({ ...this.#session.getSnapshot(), state: 'ended' });
    void this.#connection.stop(cause).then(() => this.#letGo());
  }

  #letGo(): void {
    this.#tokens.dispose();
    this.#typing.dispose();
    this.#presence.dispose();
    this.#threads.dispose();
    this.#timelines.dispose();
    this.#members.dispose();
    this.#profiles.dispose();
    this.#sideBar?.dispose();
    this.outbox.dispose();
    this.#desk.dispose();
    this.#http.dispose();
  }
}
