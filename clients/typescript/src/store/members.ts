import { keys } from '../feeds/keys.js';
import { EntityMap } from '../feeds/holding.js';
import { FeedView, type Continuity } from '../feeds/view.js';
import type { Channel, Fence, Id, MembersItem, Membership } from '../protocol/entities.js';
import { feedNames } from '../protocol/feedNames.js';
import type { SyncDesk } from '../syncing/desk.js';
import { LiveStore, type LiveStoreParts } from './liveStore.js';

export interface MembersSnapshot {
  readonly channelId: Id;
  /** Null until it came. */
  readonly channel: Channel | null;
  /** Those who are members now, in the order of their user ids. */
  readonly members: readonly Membership[];
  readonly continuity: Continuity;
}

export interface MembersParts extends LiveStoreParts {
  readonly desk: SyncDesk;
  /** The members feed of the channel stands there. */
  readonly stands: (channelId: Id, fence: Fence) => void;
}

/** A channel and its members, held while somebody is subscribed. */
export class Members extends LiveStore<MembersSnapshot> {
  readonly view: FeedView<MembersItem, EntityMap<MembersItem>>;
  readonly #desk: SyncDesk;

  constructor(
    readonly channelId: Id,
    parts: MembersParts,
  ) {
    super(parts);
    this.#desk = parts.desk;
    this.view = new FeedView(feedNames.members(channelId), new EntityMap(keys.members), () => {
      const { epoch, revision } = this.view.position;
      if (epoch > 0) parts.stands(channelId, { epoch, revision });
      this.changed();
    });
  }

  protected activate(): () => void {
    return this.#desk.watch(this.view.feed, this.view);
  }

  protected build(): MembersSnapshot {
    const items = [...this.view.holding.items.values()];
    return {
      channelId: this.channelId,
      channel: items.find((i) => i.type === 'channel') ?? null,
      members: items.filter((i) => i.type === 'member').filter((m) => !m.left).sort((a, b) => (a.userId < b.userId ? -1 : 1)),
      continuity: this.view.continuity,
    };
  }
}
