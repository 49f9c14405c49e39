import type { ChatApi } from './api/chatApi.js';
import { UnreachableError } from './api/refusal.js';
import type { Fences } from './fences.js';
import type * as calls from './protocol/calls.js';
import type { Channel, Id, MemberRole, Membership, Message, MyChannel, ReadPosition, User } from './protocol/entities.js';

/** How often the making of a channel is asked for when nobody answers. */
const tries = 3;

/** Who takes the answers. What updates a feed is asked for as the command is sent, and then given the answer. */
export interface AnswerTakers {
  readonly message: (channelId: Id) => (message: Message) => void;
  readonly reacted: (message: Message, emoji: string, yes: boolean) => void;
  readonly channel: (channel: Channel) => void;
  readonly mine: () => (mine: MyChannel) => void;
  readonly read: () => (read: ReadPosition) => void;
  readonly user: (user: User) => void;
}

/** What one does. Each is one call by HTTP whose answer updates what is held; a refusal is a `ChatApiError`. Sending is the outbox's. */
export class Commands {
  constructor(
    private readonly api: ChatApi,
    private readonly fences: Fences,
    private readonly take: AnswerTakers,
    private readonly makeId: () => Id,
  ) {}

  edit = async (channelId: Id, messageId: Id, text: string): Promise<Message> => this.#message(channelId, this.api.edit(channelId, messageId, { text, ...this.#members(channelId) }));
  remove = (channelId: Id, messageId: Id): Promise<Message> => this.#message(channelId, this.api.remove(channelId, messageId));
  pin = (channelId: Id, messageId: Id): Promise<Message> => this.#message(channelId, this.api.pin(channelId, messageId));
  unpin = (channelId: Id, messageId: Id): Promise<Message> => this.#message(channelId, this.api.unpin(channelId, messageId));

  react = async (channelId: Id, messageId: Id, emoji: string): Promise<Message> => this.#reaction(await this.#message(channelId, this.api.react(channelId, messageId, emoji)), emoji, true);
  unreact = async (channelId: Id, messageId: Id, emoji: string): Promise<Message> => this.#reaction(await this.#message(channelId, this.api.unreact(channelId, messageId, emoji)), emoji, false);

  /** Everything up to `seq` is read. With `force` the position may move back. */
  markRead = async (channelId: Id, seq: number, force = false): Promise<ReadPosition> => {
    const take = this.take.read();
    const read = await this.api.read(channelId, { seq, ...(force ? { force } : {}) });
    take(read);
    return read;
  };

  /** Made once, however often the answer is lost. */
  createChannel = async (channel: Omit<calls.CreateChannel, 'clientId'>): Promise<Channel> => {
    const body = { ...channel, clientId: this.makeId() };
    for (let attempt = 1; ; attempt++) {
      try {
        return this.#channel(await this.api.createChannel(body));
      } catch (failure) {
        if (!(failure instanceof UnreachableError) || attempt === tries) throw failure;
      }
    }
  };

  /** The direct channel of the caller and these people; the same people always get the same one. */
  openDirect = async (userIds: readonly Id[]): Promise<Channel> => this.#channel(await this.api.createChannel({ kind: 'direct', memberIds: userIds }));
  changeChannel = async (channelId: Id, change: calls.ChangeChannel): Promise<Channel> => this.#channel(await this.api.changeChannel(channelId, change));

  join = (channelId: Id): Promise<Membership> => this.#membership(channelId, this.api.putMember(channelId, 'me'));
  leave = (channelId: Id): Promise<Membership> => this.#membership(channelId, this.api.removeMember(channelId, 'me'));
  invite = (channelId: Id, userId: Id, role?: MemberRole): Promise<Membership> => this.#membership(channelId, this.api.putMember(channelId, userId, role ? { role } : {}));
  setRole = (channelId: Id, userId: Id, role: MemberRole): Promise<Membership> => this.#membership(channelId, this.api.putMember(channelId, userId, { role }));
  removeMember = (channelId: Id, userId: Id): Promise<Membership> => this.#membership(channelId, this.api.removeMember(channelId, userId));

  /** Stars, mutes, hides a channel, or says what of it tells the caller. */
  changeMyChannel = async (channelId: Id, change: calls.ChangeMyChannel): Promise<MyChannel> => {
    const take = this.take.mine();
    const mine = await this.api.changeMyChannel(channelId, change);
    take(mine);
    return mine;
  };

  changeProfile = async (change: calls.ChangeProfile): Promise<User> => {
    const user = await this.api.changeProfile(change);
    this.take.user(user);
    return user;
  };

  #members(channelId: Id): Pick<calls.EditMessage, 'members'> {
    const members = this.fences.of(channelId);
    return members ? { members } : {};
  }

  async #message(channelId: Id, call: Promise<Message>): Promise<Message> {
    const take = this.take.message(channelId);
    const message = await call;
    take(message);
    return message;
  }

  #reaction(message: Message, emoji: string, yes: boolean): Message {
    this.take.reacted(message, emoji, yes);
    return message;
  }

  #channel({ channel, members }: calls.CreatedChannel): Channel {
    this.fences.learn(channel.id, members);
    this.take.channel(channel);
    return channel;
  }

  async #membership(channelId: Id, call: Promise<calls.ChangedMembership>): Promise<Membership> {
    const { membership, members } = await call;
    this.fences.learn(channelId, members);
    return membership;
  }
}
