import type { Channel, MyChannel } from '@chatgenius/client';
import { useDialogs } from '../dialogs/dialogs';
import { Menu, MenuItem } from '../dialogs/Menu';
import { complain } from '../dialogs/toasts';
import { Icon } from '../look/icons';
import { go, showPanel, type Panel } from '../routing/route';
import { useClient } from '../session/useClient';
import { ChannelSign } from './ChannelName';

interface ChannelHeaderProps {
  channel: Channel;
  membership: MyChannel;
  name: string;
  panel: Panel | null;
  onVisit: (seq: number) => void;
}

export function ChannelHeader({ channel, membership, name, panel, onVisit }: ChannelHeaderProps) {
  const client = useClient();
  const { open } = useDialogs();
  const turn = (kind: 'members' | 'pins' | 'details') => showPanel(panel?.kind === kind ? null : { kind });
  const change = (what: Parameters<typeof client.commands.changeMyChannel>[1]) => void client.commands.changeMyChannel(channel.id, what).catch(complain);
  const leave = () => {
    client.commands.leave(channel.id).then(() => go({ channelId: null, panel: null }), complain);
  };
  const direct = channel.kind === 'direct';
  return (
    <header className="channel-head">
      <button className="icon-button back" aria-label="Back to channels" onClick={() => go({ channelId: null, panel: null })}><Icon name="back" /></button>
      <button className="channel-title" aria-label={`About ${name}`} onClick={() => turn('details')}>
        <ChannelSign channel={channel} />
        <span className="grow"><h1 className="cut"><bdi>{name}</bdi></h1></span>
      </button>
      {channel.topic && <p className="topic cut grow" title={channel.topic}><bdi>{channel.topic}</bdi></p>}
      <span className="grow-if" />
      <button className="icon-button" aria-label={membership.starred ? 'Remove star' : 'Star'} title={membership.starred ? 'Remove star' : 'Star'} aria-pressed={membership.starred} onClick={() => change({ starred: !membership.starred })}><Icon name="star" /></button>
      {!direct && <button className="icon-button counted" aria-label={`Members, ${channel.memberCount}`} title="Members" aria-pressed={panel?.kind === 'members'} onClick={() => turn('members')}><Icon name="people" /><span>{channel.memberCount}</span></button>}
      <button className="icon-button" aria-label="Pinned messages" title="Pinned messages" aria-pressed={panel?.kind === 'pins'} onClick={() => turn('pins')}><Icon name="pin" /></button>
      <Menu label="More about this channel" buttonClass="icon-button" button={<Icon name="more" />}>
        <MenuItem icon="calendar" onChoose={() => open({ kind: 'date', channelId: channel.id, go: onVisit })}>Jump to date…</MenuItem>
        <MenuItem icon="up" onChoose={() => onVisit(1)}>Go to the beginning</MenuItem>
        <hr />
        {!direct && <MenuItem icon="plus" onChoose={() => open({ kind: 'invite', channel })}>Invite people…</MenuItem>}
        <MenuItem icon="muted" onChoose={() => change({ muted: !membership.muted })}>{membership.muted ? 'Unmute' : 'Mute'}</MenuItem>
        <MenuItem icon="info" onChoose={() => turn('details')}>Channel details</MenuItem>
        <hr />
        <MenuItem icon={direct ? 'eyeOff' : 'leave'} danger={!direct} onChoose={direct ? leave : () => open({ kind: 'confirm', title: `Leave #${name}?`, text: channel.kind === 'private' ? 'You need an invitation to come back.' : 'You can join again whenever you like.', action: 'Leave', run: async () => leave() })}>{direct ? 'Hide this conversation' : 'Leave channel'}</MenuItem>
      </Menu>
    </header>
  );
}
