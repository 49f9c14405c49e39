import type { Channel, Message } from '@chatgenius/client';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { Composer, type ComposerHandle } from '../composing/Composer';
import { PanelFrame } from '../channels/PanelFrame';
import { useClient, useMe, useStore } from '../session/useClient';
import { MessageRow } from '../timeline/MessageRow';
import { authorOf, timeOf } from '../timeline/rows';
import { useActions } from '../timeline/actions';
import './threads.css';

interface ThreadPanelProps {
  channel: Channel;
  messageId: string;
  editing: Message | null;
  onEdited: () => void;
}

const togetherMs = 5 * 60_000;
const nearPx = 80;

export function ThreadPanel({ channel, messageId, editing, onEdited }: ThreadPanelProps) {
  const client = useClient();
  const me = useMe().id;
  const { act } = useActions();
  const { root, entries, hasOlder, loading } = useStore(client.thread(channel.id, messageId));
  const body = useRef<HTMLDivElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const near = useRef(true);
  const shown = useMemo(() => entries.filter((entry) => entry.kind === 'outgoing' || !entry.message.deleted), [entries]);
  const rootEntry = useMemo(() => root && { kind: 'message' as const, key: root.id, message: root, mine: root.reactions.filter((r) => r.userIds.includes(me)).map((r) => r.emoji) }, [root, me]);

  useLayoutEffect(() => {
    const last = shown.at(-1);
    if (body.current && (near.current || (last && last.kind === 'outgoing'))) body.current.scrollTop = body.current.scrollHeight;
  }, [shown]);

  useEffect(() => composer.current?.focus(), [messageId]);

  const editLast = () => {
    const last = shown.findLast((entry) => entry.kind === 'message' && entry.message.authorId === me);
    if (last?.kind === 'message') act('edit', last.message);
  };

  return (
    <PanelFrame title="Thread" note={channel.kind === 'direct' ? null : `#${channel.name}`}>
      <div
        ref={body}
        className="panel-body thread"
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          near.current = scrollHeight - scrollTop - clientHeight < nearPx;
        }}
      >
        {rootEntry && <MessageRow entry={rootEntry} first inThread />}
        {root && <p className="thread-count" role="separator"><span>{root.replyCount === 0 ? 'No replies yet' : root.replyCount === 1 ? '1 reply' : `${root.replyCount} replies`}</span></p>}
        {hasOlder && <p className="edge">The latest replies are shown.</p>}
        {loading && shown.length === 0 && <p className="edge" aria-busy="true">Loading replies…</p>}
        {shown.map((entry, i) => {
          const before = shown[i - 1];
          return <MessageRow key={entry.key} entry={entry} inThread first={!before || authorOf(before) !== authorOf(entry) || timeOf(entry) - timeOf(before) > togetherMs} />;
        })}
      </div>
      {root?.deleted ? <p className="bar">The message was deleted, so nobody answers it any more.</p> : !channel.archived && (
        <Composer ref={composer} channelId={channel.id} threadId={messageId} label="Reply in thread" editing={editing?.threadId === messageId ? editing : null} onEdited={onEdited} onUp={editLast} />
      )}
    </PanelFrame>
  );
}
