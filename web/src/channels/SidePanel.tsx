import type { Channel, Message, MyChannel } from '@chatgenius/client';
import { DetailsPanel } from './DetailsPanel';
import { MembersPanel } from '../members/MembersPanel';
import { PinsPanel } from '../pins/PinsPanel';
import type { Panel } from '../routing/route';
import { ThreadPanel } from '../threads/ThreadPanel';

export interface SidePanelProps {
  panel: Panel;
  channel: Channel;
  membership: MyChannel;
  editing: Message | null;
  onEdited: () => void;
  onVisit: (seq: number) => void;
}

/** What stands beside a conversation. */
export default function SidePanel({ panel, channel, membership, editing, onEdited, onVisit }: SidePanelProps) {
  switch (panel.kind) {
    case 'thread':
      return <ThreadPanel key={panel.messageId} channel={channel} messageId={panel.messageId} editing={editing} onEdited={onEdited} />;
    case 'members':
      return <MembersPanel channel={channel} membership={membership} />;
    case 'pins':
      return <PinsPanel channelId={channel.id} onVisit={onVisit} />;
    case 'details':
      return <DetailsPanel key={channel.id} channel={channel} membership={membership} />;
  }
}
