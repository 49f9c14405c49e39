import type { Channel, MyChannel, NotifyWhen } from '@chatgenius/client';
import { useState, type FormEvent } from 'react';
import { useDialogs } from '../dialogs/dialogs';
import { complain, say } from '../dialogs/toasts';
import { Icon } from '../look/icons';
import { Avatar, Name } from '../people/Avatar';
import { useClient } from '../session/useClient';
import { longTime } from '../timeline/times';
import { useDirectPeople } from './direct';
import { PanelFrame } from './PanelFrame';
import './details.css';

const notifies: readonly { readonly when: NotifyWhen; readonly name: string }[] = [
  { when: 'all', name: 'Every message' },
  { when: 'mentions', name: 'Mentions only' },
  { when: 'none', name: 'Nothing' },
];

/** What a channel is, and how one likes it. */
export function DetailsPanel({ channel, membership }: { channel: Channel; membership: MyChannel }) {
  const { commands } = useClient();
  const { open } = useDialogs();
  const people = useDirectPeople(channel.id);
  const keeps = channel.kind !== 'direct' && membership.role !== 'member';
  const change = (what: Parameters<typeof commands.changeMyChannel>[1]) => void commands.changeMyChannel(channel.id, what).catch(complain);
  return (
    <PanelFrame title={channel.kind === 'direct' ? 'Conversation' : 'Channel details'}>
      <div className="panel-body details">
        {channel.kind === 'direct' ? <ul className="plain">{people.map((id) => <li key={id} className="member"><Avatar userId={id} presence /><strong><Name userId={id} /></strong></li>)}</ul> : keeps && !channel.archived ? <About channel={channel} /> : (
          <dl>
            <dt>Name</dt><dd><bdi>{channel.name}</bdi></dd>
            <dt>Topic</dt><dd><bdi>{channel.topic || 'None yet'}</bdi></dd>
          </dl>
        )}
        <section>
          <h3>For you</h3>
          <label className="switch"><span>Star<small>Keep it on top of the side bar</small></span><input type="checkbox" role="switch" checked={membership.starred} onChange={(event) => change({ starred: event.target.checked })} /></label>
          <label className="switch"><span>Mute<small>New messages do not stand out</small></span><input type="checkbox" role="switch" checked={membership.muted} onChange={(event) => change({ muted: event.target.checked })} /></label>
          <label className="field">Tell me about<select value={membership.notify} onChange={(event) => change({ notify: event.target.value as NotifyWhen })}>{notifies.map(({ when, name }) => <option key={when} value={when}>{name}</option>)}</select></label>
        </section>
        <section className="facts muted">
          <p><Icon name={channel.kind === 'public' ? 'hash' : 'lock'} size={15} />{channel.kind === 'public' ? 'Public: anyone here can find and join it.' : channel.kind === 'private' ? 'Private: only people who are invited see it.' : 'Only the people in it see this conversation.'}</p>
          <p><Icon name="calendar" size={15} /><span>Begun {longTime(Date.parse(channel.createdAt))}{channel.kind !== 'direct' && <> by <Name userId={channel.createdBy} /></>}</span></p>
        </section>
        {channel.kind !== 'direct' && membership.role === 'owner' && (
          <button className="secondary wide" onClick={() => open({ kind: 'confirm', title: channel.archived ? 'Bring this channel back?' : 'Archive this channel?', text: channel.archived ? 'People can write in it again.' : 'Everything stays readable, and nobody writes in it until an owner brings it back.', action: channel.archived ? 'Bring back' : 'Archive', run: () => commands.changeChannel(channel.id, { archived: !channel.archived }) })}><Icon name="archive" size={17} />{channel.archived ? 'Bring this channel back' : 'Archive this channel'}</button>
        )}
      </div>
    </PanelFrame>
  );
}

function About({ channel }: { channel: Channel }) {
  const { commands } = useClient();
  const [name, setName] = useState(channel.name);
  const [topic, setTopic] = useState(channel.topic);
  const changed = name.trim() !== channel.name || topic.trim() !== channel.topic;
  const save = (event: FormEvent) => {
    event.preventDefault();
    commands.changeChannel(channel.id, { ...(name.trim() !== channel.name ? { name: name.trim() } : {}), ...(topic.trim() !== channel.topic ? { topic: topic.trim() } : {}) }).then(() => say('Saved.'), complain);
  };
  return (
    <form onSubmit={save} className="about">
      <label className="field">Name<input value={name} required maxLength={80} onChange={(event) => setName(event.target.value)} /></label>
      <label className="field">Topic<textarea value={topic} rows={2} maxLength={250} placeholder="What is talked about here" onChange={(event) => setTopic(event.target.value)} /></label>
      {changed && <button className="primary">Save</button>}
    </form>
  );
}
