import type { Channel, MemberRole, Membership, MyChannel } from '@chatgenius/client';
import { useMemo } from 'react';
import { PanelFrame } from '../channels/PanelFrame';
import { useDialogs } from '../dialogs/dialogs';
import { Menu, MenuItem } from '../dialogs/Menu';
import { complain } from '../dialogs/toasts';
import { Icon } from '../look/icons';
import { Avatar, Name } from '../people/Avatar';
import { openChannel } from '../routing/route';
import { useClient, useMe, useProfile, useStore } from '../session/useClient';
import './members.css';

const titles: Readonly<Record<MemberRole, string>> = { owner: 'Owners', moderator: 'Moderators', member: 'Members' };
const roles = ['owner', 'moderator', 'member'] as const;

/** Who is in a channel, and what they may do there. */
export function MembersPanel({ channel, membership }: { channel: Channel; membership: MyChannel }) {
  const client = useClient();
  const { open } = useDialogs();
  const { members, continuity } = useStore(client.members(channel.id));
  const groups = useMemo(() => roles.map((role) => ({ role, members: members.filter((member) => member.role === role) })), [members]);
  const invite = channel.kind !== 'direct' && !channel.archived;
  return (
    <PanelFrame title="Members" note={members.length > 0 ? members.length : null} tools={invite && <button className="icon-button" aria-label="Invite people" title="Invite people" onClick={() => open({ kind: 'invite', channel })}><Icon name="plus" /></button>}>
      <div className="panel-body members">
        {continuity === 'unknown' && <p className="edge" aria-busy="true">Loading members…</p>}
        {groups.filter((group) => group.members.length > 0).map((group) => (
          <section key={group.role} aria-label={titles[group.role]}>
            <h3>{titles[group.role]} <span>{group.members.length}</span></h3>
            <ul>{group.members.map((member) => <Member key={member.userId} member={member} mine={membership.role} channel={channel} />)}</ul>
          </section>
        ))}
      </div>
    </PanelFrame>
  );
}

function Member({ member, mine, channel }: { member: Membership; mine: MemberRole; channel: Channel }) {
  const [client, me] = [useClient(), useMe()];
  const { open } = useDialogs();
  const user = useProfile(member.userId);
  const self = member.userId === me.id;
  const { commands } = client;
  const set = (role: MemberRole) => void commands.setRole(channel.id, member.userId, role).catch(complain);
  const message = () => commands.openDirect([member.userId]).then((direct) => openChannel(direct.id), complain);
  const mayRemove = channel.kind !== 'direct' && (mine === 'owner' || (mine === 'moderator' && member.role === 'member'));
  return (
    <li className="member">
      <Avatar userId={member.userId} size={36} presence />
      <span className="grow">
        <strong className="cut"><Name userId={member.userId} />{self && <span className="muted"> (you)</span>}</strong>
        <small className="muted cut"><bdi>{user ? user.statusText || `@${user.username}` : ''}</bdi></small>
      </span>
      {!self && (
        <Menu label={`What to do with ${user?.username ?? 'this member'}`} buttonClass="icon-button small" button={<Icon name="more" />}>
          <MenuItem icon="thread" onChoose={() => void message()}>Message</MenuItem>
          {mine === 'owner' && channel.kind !== 'direct' && <><hr />{roles.map((role) => <MenuItem key={role} icon="people" checked={member.role === role} onChoose={() => set(role)}>{titles[role].slice(0, -1)}</MenuItem>)}</>}
          {mayRemove && <><hr /><MenuItem icon="leave" danger onChoose={() => open({ kind: 'confirm', title: `Remove ${user?.displayName ?? 'this member'}?`, text: `They no longer see #${channel.name} from this moment on.`, action: 'Remove', run: () => commands.removeMember(channel.id, member.userId) })}>Remove from channel</MenuItem></>}
        </Menu>
      )}
    </li>
  );
}
