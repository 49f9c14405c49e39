import type { Message } from '@chatgenius/client';
import { useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { complain } from '../dialogs/toasts';
import { Icon } from '../look/icons';
import { useClient } from '../session/useClient';
import { Completions } from './Completions';
import { completionAt, mentionsIn, type Completion } from './completion';
import { EmojiButton } from './EmojiButton';
import { TypingNote } from './TypingNote';
import { useCompletions } from './useCompletions';
import './composing.css';

export interface ComposerHandle {
  focus(): void;
}

interface ComposerProps {
  channelId: string;
  /** The message that is answered in its thread; null outside threads. */
  threadId: string | null;
  label: string;
  editing: Message | null;
  onEdited: () => void;
  /** The arrow up in an empty field. */
  onUp: () => void;
  ref?: Ref<ComposerHandle>;
}

const longest = 16_000;

export function Composer({ channelId, threadId, label, editing, onEdited, onUp, ref }: ComposerProps) {
  const client = useClient();
  const key = `chatgenius:draft:${threadId ?? channelId}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const [asked, setAsked] = useState<Completion | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const completions = useCompletions(asked);
  const known = completions.known;
  const length = [...text].length;

  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);

  useEffect(() => {
    if (editing) return;
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  }, [key, text, editing]);

  useEffect(() => {
    setText(editing ? (editing.text ?? '') : (sessionStorage.getItem(key) ?? ''));
    if (editing) field.current?.focus();
  }, [editing, key]);

  // Grows with what is written; `field-sizing` is not everywhere yet.
  useLayoutEffect(() => {
    const area = field.current!;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  const write = (next: string, caret: number) => {
    setText(next);
    setAsked(completionAt(next, caret));
    if (!editing && next !== '') client.sayTyping(channelId);
  };

  const insert = (piece: string, from: number, to: number) => {
    const next = text.slice(0, from) + piece + text.slice(to);
    setText(next);
    setAsked(null);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from + piece.length, from + piece.length);
    });
  };

  const choose = (index: number) => {
    const option = completions.options[index];
    if (option && asked) insert(`${option.insert} `, asked.from, asked.to);
  };

  const submit = () => {
    const said = text.trim();
    if (said === '' || length > longest) return;
    if (editing) {
      const { id } = editing;
      if (said !== editing.text) client.commands.edit(channelId, id, said).catch(complain);
      return onEdited();
    }
    client.outbox.send(channelId, { text: said, threadId, mentions: mentionsIn(said, known) });
    setText('');
    setAsked(null);
  };

  const hear = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Enter and arrows belong to whoever composes a character.
    if (event.nativeEvent.isComposing) return;
    const open = completions.options.length > 0;
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) completions.move(event.key === 'ArrowDown' ? 1 : -1);
    else if (open && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) choose(completions.active);
    else if (event.key === 'Escape' && (open || editing)) open ? setAsked(null) : onEdited();
    else if (event.key === 'Enter' && !event.shiftKey) submit();
    else if (event.key === 'ArrowUp' && text === '') onUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {editing && <p className="editing"><Icon name="pencil" size={14} /><span className="grow">Editing a message</span><button type="button" className="link" onClick={onEdited}>Cancel</button></p>}
      <div className="field-box">
        {completions.options.length > 0 && <Completions id={listId} options={completions.options} active={completions.active} onChoose={choose} />}
        <textarea
          ref={field}
          rows={1}
          value={text}
          dir="auto"
          aria-label={label}
          placeholder={label}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={completions.options.length > 0}
          aria-controls={listId}
          aria-activedescendant={completions.options.length > 0 ? `${listId}-${completions.active}` : undefined}
          onChange={(event) => write(event.target.value, event.target.selectionStart)}
          onClick={(event) => setAsked(completionAt(text, event.currentTarget.selectionStart))}
          onBlur={() => setAsked(null)}
          onKeyDown={hear}
        />
        <EmojiButton label="Insert an emoji" onPick={(emoji) => insert(emoji, field.current?.selectionStart ?? text.length, field.current?.selectionEnd ?? text.length)} />
        <button className="send" aria-label={editing ? 'Save changes' : 'Send'} title={editing ? 'Save (Enter)' : 'Send (Enter)'} disabled={text.trim() === '' || length > longest}><Icon name="send" size={18} /></button>
      </div>
      <div className="below">
        <TypingNote channelId={channelId} />
        {length > longest - 1_000 && <span className={length > longest ? 'bad' : ''} role="status">{(longest - length).toLocaleString()} characters left</span>}
      </div>
    </form>
  );
}
