import type { Message } from '@chatgenius/client';
import { memo } from 'react';
import { EmojiButton } from '../composing/EmojiButton';
import { Icon } from '../look/icons';
import { useActions } from './actions';

/** What can be done to a message; shown while it is pointed at or has the focus. */
export const Tools = memo(function Tools({ message, inThread }: { message: Message; inThread: boolean }) {
  const { act, may, react } = useActions();
  return (
    <div className="tools" role="toolbar" aria-label="Message actions">
      {may('pin', message) && <EmojiButton label="Add a reaction" onPick={(emoji) => react(message, emoji, true)} />}
      {!inThread && may('thread', message) && <button className="icon-button small" aria-label="Reply in thread" title="Reply in thread (R)" onClick={() => act('thread', message)}><Icon name="thread" /></button>}
      {may('pin', message) && <button className="icon-button small" aria-pressed={message.pinned} aria-label={message.pinned ? 'Unpin' : 'Pin'} title={message.pinned ? 'Unpin (P)' : 'Pin (P)'} onClick={() => act('pin', message)}><Icon name="pin" /></button>}
      {may('edit', message) && <button className="icon-button small" aria-label="Edit" title="Edit (E)" onClick={() => act('edit', message)}><Icon name="pencil" /></button>}
      {may('remove', message) && <button className="icon-button small" aria-label="Delete" title="Delete (Del)" onClick={() => act('remove', message)}><Icon name="trash" /></button>}
    </div>
  );
});
