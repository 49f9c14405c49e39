import type { Channel, Message, SideBarLine } from '@chatgenius/client';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { Composer, type ComposerHandle } from '../composing/Composer';
import { complain } from '../dialogs/toasts';
import { Icon } from '../look/icons';
import { part } from '../parts';
import { go, showPanel, useRoute, type Panel } from '../routing/route';
import { useClient, useLine, useMe, usePart, useSideBar, useStore } from '../session/useClient';
import { ActionsContext, useMakeActions } from '../timeline/actions';
import { TimelineView, type TimelineHandle } from '../timeline/TimelineView';
import { useChannelName } from './ChannelName';
import { ChannelHeader } from './ChannelHeader';
import { Bones } from './Bones';
import './channel.css';

const { Part: SidePanel, ahead } = part(() => import('./SidePanel'));

/** A channel: what one is in, what one could join, or what is not there. */
export default function ChannelView({ channelId }: { channelId: string }) {
  const client = useClient();
  const line = useLine(channelId);
  const { loading } = useSideBar();
  const denied = usePart(client.timeline(channelId), ({ continuity }) => continuity === 'denied');
  if (line && !denied) return <Inside line={line} />;
  return loading ? <Bones /> : <Outside key={String(denied)} channelId={channelId} />;
}

function Inside({ line: { channel, membership, readSeq } }: { line: SideBarLine }) {
  const client = useClient();
  const me = useMe().id;
  const { panel } = useRoute();
  const name = useChannelName(channel);
  const shownName = channel.kind === 'direct' ? name : `#${name}`;
  const timeline = client.timeline(channel.id);
  const known = usePart(timeline, ({ continuity, entries }) => continuity !== 'unknown' || entries.length > 0);
  const view = useRef<TimelineHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const [readAtOpening] = useState(readSeq);
  const [editing, setEditing] = useState<Message | null>(null);
  const edit = useCallback((message: Message) => setEditing(message), []);
  const actions = useMakeActions(channel.id, membership.role, channel.archived, edit);
  const visit = useCallback((seq: number) => view.current?.visit(seq), []);
  const edited = useCallback(() => setEditing(null), []);

  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) composer.current?.focus();
    const timer = setTimeout(ahead, 1_000);
    return () => clearTimeout(timer);
  }, []);

  const editLast = () => {
    const last = timeline.getSnapshot().messages.findLast((message) => message.authorId === me && message.threadId === null && !message.deleted);
    if (last) setEditing(last);
  };

  return (
    <ActionsContext value={actions}>
      <div className="channel" data-panel={panel?.kind}>
        <main className="conversation" aria-label={shownName}>
          <ChannelHeader channel={channel} membership={membership} name={name} panel={panel} onVisit={visit} />
          {known ? <TimelineView ref={view} timeline={timeline} name={shownName} readSeq={readAtOpening} /> : <Bones />}
          {channel.archived ? <p className="bar"><Icon name="archive" size={16} />This channel is archived. It can be read, and nobody writes here.</p> : (
            <Composer ref={composer} channelId={channel.id} threadId={null} label={`Message ${shownName}`} editing={editing?.threadId === null ? editing : null} onEdited={edited} onUp={editLast} />
          )}
        </main>
        {panel && (
          <Suspense fallback={<aside className="panel" aria-busy="true" />}>
            <SidePanel panel={panel} channel={channel} membership={membership} editing={editing} onEdited={edited} onVisit={visit} />
          </Suspense>
        )}
      </div>
      <EscapeCloses panel={panel} />
    </ActionsContext>
  );
}

/** Esc closes the panel, if nothing else wanted it. */
function EscapeCloses({ panel }: { panel: Panel | null }) {
  useEffect(() => {
    if (!panel) return;
    const hear = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) showPanel(null);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [panel]);
  return null;
}

function Outside({ channelId }: { channelId: string }) {
  const client = useClient();
  const { data: channel, isPending, refetch } = useQuery({ queryKey: ['channel', channelId], queryFn: () => client.api.channel(channelId), retry: false, staleTime: 0, gcTime: 0 });
  if (isPending) return <Bones />;
  if (!channel || channel.kind !== 'public') {
    return (
      <main className="empty">
        <Icon name="eyeOff" size={40} />
        <h1>You cannot see this channel</h1>
        <p className="muted">It does not exist, or you are no longer in it. Whoever is in it can invite you.</p>
        <div className="choices"><button className="secondary" onClick={() => go({ channelId: null, panel: null })}>Back to your channels</button><button className="secondary" onClick={() => void refetch()}>Look again</button></div>
      </main>
    );
  }
  return <Joinable channel={channel} />;
}

function Joinable({ channel }: { channel: Channel }) {
  const client = useClient();
  const { phase } = useStore(client.connection);
  const [joining, setJoining] = useState(false);
  const join = () => {
    setJoining(true);
    client.commands.join(channel.id).catch((failure: unknown) => {
      setJoining(false);
      complain(failure);
    });
  };
  return (
    <main className="empty">
      <Icon name="hash" size={40} />
      <h1><bdi>{channel.name}</bdi></h1>
      <p className="muted"><bdi>{channel.topic || 'A public channel.'}</bdi></p>
      <p className="muted">{channel.memberCount === 1 ? '1 person is' : `${channel.memberCount} people are`} in it.</p>
      <div className="choices">
        <button className="primary" autoFocus disabled={joining || channel.archived || phase === 'ended'} onClick={join}>{channel.archived ? 'Archived' : joining ? 'Joining…' : `Join #${channel.name}`}</button>
        <button className="secondary" onClick={() => go({ channelId: null, panel: null })}>Not now</button>
      </div>
    </main>
  );
}
