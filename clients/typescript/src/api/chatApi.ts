import type * as calls from '../protocol/calls.js';
import type { Channel, Id, Message, MyChannel, ReadPosition, User } from '../protocol/entities.js';
import type { SyncAnswer, SyncRequest } from '../protocol/sync.js';
import type { TokenKeeper } from '../tokens/keeper.js';
import type { Http, HttpCall } from './http.js';
import { ChatApiError, SignedOutError } from './refusal.js';

/** A part of a list: at most `limit` (1 to 200, 50 if absent) items from `cursor` on. */
export interface PageOf {
  readonly limit?: number;
  readonly cursor?: string;
}

/** One place in a channel's history; at most one of these. */
export interface PlaceInHistory {
  /** Exclusive. */
  readonly before?: number;
  /** Exclusive. */
  readonly after?: number;
  /** Inclusive. */
  readonly around?: number;
  /** The latest replies to this message. */
  readonly thread?: Id;
  readonly limit?: number;
}

type Query = Readonly<Record<string, string | number | undefined>>;
type Method = HttpCall['method'];

/**
 * The HTTP calls, typed; everything that the protocol has.
 * A refusal is a {@link ChatApiError}; no answer is an `UnreachableError`; without a session it is a {@link SignedOutError}.
 */
export class ChatApi {
  constructor(
    private readonly http: Http,
    private readonly tokens: TokenKeeper,
    private readonly timeoutMs: number,
  ) {}

  config = (): Promise<calls.PublicConfig> => this.#open('GET', '/api/v1/config');
  errors = (): Promise<calls.ErrorCodePage> => this.#open('GET', '/api/v1/errors');
  register = (user: calls.RegisterUser): Promise<User> => this.#open('POST', '/api/v1/users', user);

  me = (): Promise<User> => this.call('GET', '/api/v1/users/me');
  user = (id: Id): Promise<User> => this.call('GET', `/api/v1/users/${id}`);
  /** At most 200 ids. */
  usersByIds = (ids: readonly Id[]): Promise<calls.UserPage> => this.call('GET', `/api/v1/users${query({ ids: ids.join(','), limit: 200 })}`);
  findUsers = (text: string, page: PageOf = {}): Promise<calls.UserPage> => this.call('GET', `/api/v1/users${query({ query: text || undefined, ...page })}`);
  changeProfile = (change: calls.ChangeProfile): Promise<User> => this.call('PATCH', '/api/v1/users/me', change);
  /** For administrators. */
  setActive = (id: Id, body: calls.SetActive): Promise<User> => this.call('PUT', `/api/v1/users/${id}/active`, body);
  ticket = (): Promise<calls.RealtimeTicket> => this.call('POST', '/api/v1/realtime/ticket');

  createChannel = (channel: calls.CreateChannel): Promise<calls.CreatedChannel> => this.call('POST', '/api/v1/channels', channel);
  findChannels = (text: string, page: PageOf = {}): Promise<calls.ChannelPage> => this.call('GET', `/api/v1/channels${query({ query: text || undefined, ...page })}`);
  channel = (id: Id): Promise<Channel> => this.call('GET', `/api/v1/channels/${id}`);
  changeChannel = (id: Id, change: calls.ChangeChannel): Promise<calls.ChangedChannel> => this.call('PATCH', `/api/v1/channels/${id}`, change);
  myChannels = (page: PageOf = {}): Promise<calls.SideBarPage> => this.call('GET', `/api/v1/users/me/channels${query({ ...page })}`);
  changeMyChannel = (id: Id, change: calls.ChangeMyChannel): Promise<MyChannel> => this.call('PATCH', `/api/v1/users/me/channels/${id}`, change);
  members = (id: Id, page: PageOf = {}): Promise<calls.MembersPage> => this.call('GET', `/api/v1/channels/${id}/members${query({ ...page })}`);
  /** Joins (oneself, `me`), invites (others), or changes a role. */
  putMember = (id: Id, user: Id | 'me', body: calls.PutMember = {}): Promise<calls.ChangedMembership> => this.call('PUT', `/api/v1/channels/${id}/members/${user}`, body);
  /** Leaves (oneself, `me`) or removes. */
  removeMember = (id: Id, user: Id | 'me'): Promise<calls.ChangedMembership> => this.call('DELETE', `/api/v1/channels/${id}/members/${user}`);

  post = (channel: Id, message: calls.PostMessage): Promise<Message> => this.call('POST', messages(channel), message);
  history = (channel: Id, place: PlaceInHistory = {}): Promise<calls.MessagePage> => this.call('GET', messages(channel) + query({ ...place }));
  message = (channel: Id, id: Id): Promise<calls.MessageItem> => this.call('GET', `${messages(channel)}/${id}`);
  edit = (channel: Id, id: Id, body: calls.EditMessage): Promise<Message> => this.call('PATCH', `${messages(channel)}/${id}`, body);
  remove = (channel: Id, id: Id): Promise<Message> => this.call('DELETE', `${messages(channel)}/${id}`);
  react = (channel: Id, id: Id, emoji: string): Promise<Message> => this.call('PUT', reaction(channel, id, emoji));
  unreact = (channel: Id, id: Id, emoji: string): Promise<Message> => this.call('DELETE', reaction(channel, id, emoji));
  pin = (channel: Id, id: Id): Promise<Message> => this.call('PUT', `${messages(channel)}/${id}/pin`);
  unpin = (channel: Id, id: Id): Promise<Message> => this.call('DELETE', `${messages(channel)}/${id}/pin`);
  read = (channel: Id, body: calls.ReadUpTo): Promise<ReadPosition> => this.call('PUT', `/api/v1/channels/${channel}/read`, body);
  sync = (request: SyncRequest): Promise<SyncAnswer> => this.call('POST', '/api/v1/sync', request);

  /** Any call of the session. An access token that the server no longer takes is renewed once, and the call made again. */
  async call<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const token = await this.tokens.get();
    try {
      return await this.#send<T>(method, path, body, token);
    } catch (failure) {
      if (!(failure instanceof ChatApiError) || failure.status !== 401) throw failure;
      const renewed = await this.tokens.renew(token);
      if (renewed === null || renewed === token) throw new SignedOutError(failure.message);
      return await this.#send<T>(method, path, body, renewed);
    }
  }

  #open<T>(method: Method, path: string, body?: unknown): Promise<T> {
    return this.#send<T>(method, path, body, undefined);
  }

  #send<T>(method: Method, path: string, body: unknown, token: string | undefined): Promise<T> {
    return this.http.call<T>({ method, path, timeoutMs: this.timeoutMs, ...(body === undefined ? {} : { body }), ...(token ? { token } : {}) });
  }
}

const messages = (channel: Id) => `/api/v1/channels/${channel}/messages`;
const reaction = (channel: Id, id: Id, emoji: string) => `${messages(channel)}/${id}/reactions/${encodeURIComponent(emoji)}`;

function query(values: Query): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return given.length === 0 ? '' : `?${given.join('&')}`;
}
