import { useQuery } from '@tanstack/react-query';
import type { Channel, SideBarLine, User } from '@chatgenius/client';
import { useDeferredValue, useMemo, useState } from 'react';
import { ChannelSign } from '../channels/ChannelName';
import { useNames } from '../channels/direct';
import { DialogFrame } from '../dialogs/DialogFrame';
import { useDialogs, type DialogRequest } from '../dialogs/dialogs';
import { Finder, type FinderOption } from '../dialogs/Finder';
import { complain } from '../dialogs/toasts';
import { Icon } from '../look/icons';
import { Avatar } from '../people/Avatar';
import { nameOf } from '../people/people';
import { openChannel } from '../routing/route';
import { useClient, useMe, useSideBar } from '../session/useClient';
import { rank } from './rank';

const commands: readonly { readonly name: string; readonly dialog: DialogRequest }[] = [
  { name: 'Create a channel', dialog: { kind: 'create' } },
  { name: 'Browse channels', dialog: { kind: 'browse' } },
  { name: 'New message', dialog: { kind: 'direct' } },
  { name: 'Edit profile', dialog: { kind: 'profile' } },
];

interface Choice extends FinderOption {
  readonly run: () => void;
}

/** Goes anywhere by a few letters. */
export function QuickSwitcher() {
  const [client, me] = [useClient(), useMe()];
  const { open, close } = useDialogs();
  const { lines } = useSideBar();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const { data: found } = useQuery({
    queryKey: ['switcher', asked],
    queryFn: async () => {
      const [channels, users] = await Promise.all([client.api.findChannels(asked, { limit: 20 }), client.api.findUsers(asked, { limit: 20 })]);
      return { channels: channels.items, users: users.items };
    },
    enabled: asked !== '',
    retry: false,
    placeholderData: (before) => before,
  });

  const choices = useMemo<readonly Choice[]>(() => {
    const goTo = (channel: Channel) => () => {
      close();
      openChannel(channel.id);
    };
    const mine = new Set(lines.map((line) => line.channel.id));
    const single = new Set(lines.flatMap((line) => (line.people.length === 1 ? line.people : [])));
    const own = lines.filter((line) => line.channel.kind !== 'direct' || asked === '' || line.people.length > 1 || !found).map((line) => ofLine(line, goTo(line.channel)));
    const others = (found?.channels ?? []).filter((channel) => channel.kind === 'public' && !channel.archived && !mine.has(channel.id)).map((channel): Ranked => ({ words: channel.name, bonus: 0, choice: { key: channel.id, sign: <Icon name="hash" />, name: <bdi>{channel.name}</bdi>, tag: 'Not joined', run: goTo(channel) } }));
    const users = (found?.users ?? []).filter((user) => user.active && user.id !== me.id).map((user) => ofUser(user, single.has(user.id), () => {
      close();
      client.commands.openDirect([user.id]).then((channel) => openChannel(channel.id), complain);
    }));
    const does = commands.map(({ name, dialog }): Ranked => ({ words: name, bonus: -1, choice: { key: name, sign: <Icon name="plus" />, name, tag: 'Action', run: () => open(dialog) } }));
    return rank([...own, ...others, ...users, ...(asked ? does : [])], asked).map((ranked) => ranked.choice).slice(0, 30);
  }, [lines, found, asked, me.id, client, open, close]);

  return (
    <DialogFrame title="Jump to" bare>
      <Finder big label="Jump to a channel or person" query={query} onQuery={setQuery} options={choices} onChoose={(index) => choices[index]?.run()} nothing="Nothing here is called that." />
    </DialogFrame>
  );
}

interface Ranked {
  readonly words: string;
  readonly bonus: number;
  readonly choice: Choice;
}

const ofLine = ({ channel, people, unread, mentions }: SideBarLine, run: () => void): Ranked => ({
  words: channel.name,
  bonus: (mentions > 0 ? 2 : unread > 0 ? 1 : 0) + 0.5,
  choice: { key: channel.id, sign: <ChannelSign channel={channel} />, name: channel.kind === 'direct' ? <DirectName people={people} /> : <bdi>{channel.name}</bdi>, tag: unread > 0 ? `${unread} new` : null, run },
});

const ofUser = (user: User, talked: boolean, run: () => void): Ranked => ({
  words: `${nameOf(user)} ${user.username}`,
  bonus: talked ? 0.5 : 0,
  choice: { key: user.id, sign: <Avatar userId={user.id} size={24} presence />, name: <bdi>{nameOf(user)}</bdi>, note: null, tag: `@${user.username}`, run },
});

const DirectName = ({ people }: { people: readonly string[] }) => <bdi>{useNames(people) || 'Direct message'}</bdi>;
