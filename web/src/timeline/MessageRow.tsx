import type { Message, OutgoingMessage, TimelineEntry } from '@chatgenius/client';
import { memo, type KeyboardEvent } from 'react';
import { Icon } from '../look/icons';
import { Avatar, Name } from '../people/Avatar';
import { MessageText } from '../reading/MessageText';
import { useClient } from '../session/useClient';
import { useActions } from './actions';
import { Reactions } from './Reactions';
import { ago, longTime, shortTime } from './times';
import { Tools } from './Tools';
import { authorOf, timeOf } from './rows';
import './message.css';

interface MessageRowProps {
  entry: TimelineEntry;
  /** With name and portrait. */
  first: boolean;
  /** Among the replies of its thread. */
  inThread?: boolean;
  marked?: boolean;
}

export const MessageRow = memo(function MessageRow({ entry, first, inThread = false, marked = false }: MessageRowProps) {
  const { me, act } = useActions();
  const [authorId, time] = [authorOf(entry), timeOf(entry)];
  const message = entry.kind === 'message' ? entry.message : null;
  const mentionsMe = message?.mentions.includes(me) ?? false;
  const state = entry.kind === 'outgoing' ? entry.outgoing.state.kind : 'stored';

  const hear = (event: KeyboardEvent<HTMLElement>) => {
    if (!message || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const what = ({ e: 'edit', r: 'thread', t: 'thread', p: 'pin', Delete: 'remove' } as const)[event.key as 'e'];
    if (!what) return;
    event.preventDefault();
    act(what, message);
  };

  return (
    <article
      className={`message${first ? ' first' : ''}${mentionsMe ? ' for-me' : ''}${marked ? ' marked' : ''}`}
      data-state={state}
      data-row={entry.key}
      data-seq={message?.seq}
      tabIndex={-1}
      onKeyDown={hear}
    >
      <div className="gutter">{first ? <Avatar userId={authorId} size={38} /> : <time dateTime={new Date(time).toISOString()} title={longTime(time)}>{shortTime(time)}</time>}</div>
      <div className="body">
        {first ? <header><strong><Name userId={authorId} /></strong><time dateTime={new Date(time).toISOString()} title={longTime(time)}>{shortTime(time)}</time></header> : <span className="unseen"><Name userId={authorId} /></span>}
        {message ? <Stored message={message} mine={entry.kind === 'message' ? entry.mine : []} inThread={inThread} /> : entry.kind === 'outgoing' && <Outgoing outgoing={entry.outgoing} />}
      </div>
      {message && !message.deleted && <Tools message={message} inThread={inThread} />}
    </article>
  );
});

function Stored({ message, mine, inThread }: { message: Message; mine: readonly string[]; inThread: boolean }) {
  const { act } = useActions();
  return (
    <>
      {message.pinned && <p className="aside"><Icon name="pin" size={13} />Pinned</p>}
      {message.deleted || message.text === null ? <p className="aside">This message was deleted.</p> : <MessageText owner={message} text={message.text} mentions={message.mentions} />}
      {message.editedAt && !message.deleted && <span className="edited" title={longTime(Date.parse(message.editedAt))}>edited</span>}
      {message.reactions.length > 0 && <Reactions message={message} mine={mine} />}
      {message.replyCount > 0 && !inThread && (
        <button className="replies" onClick={() => act('thread', message)}>
          <Icon name="thread" size={16} /><strong>{message.replyCount === 1 ? '1 reply' : `${message.replyCount} replies`}</strong>
          {message.lastReplyAt && <span className="muted">last {ago(Date.parse(message.lastReplyAt))}</span>}
        </button>
      )}
    </>
  );
}

function Outgoing({ outgoing }: { outgoing: OutgoingMessage }) {
  const { outbox } = useClient();
  const { state, clientId, text, mentions } = outgoing;
  return (
    <>
      <MessageText owner={outgoing} text={text} mentions={mentions} />
      {state.kind === 'pending' && <p className="sending"><span className="unseen">Sending…</span></p>}
      {state.kind === 'failed' && (
        <p className="failed" role="alert">
          <Icon name="info" size={15} /><span>Not sent: {reasonOf(state.reason.code, state.reason.detail)}</span>
          <button className="link" onClick={() => outbox.retry(clientId)}>Try again</button>
          <button className="link" onClick={() => outbox.discard(clientId)}>Discard</button>
        </p>
      )}
    </>
  );
}

function reasonOf(code: string, detail: string): string {
  if (code === 'not_a_member' || code === 'not_found') return 'you are no longer in this channel.';
  if (code === 'channel_archived') return 'this channel is archived.';
  if (code === 'message_deleted') return 'the message that you answer was deleted.';
  return detail || 'the server refused it.';
}
