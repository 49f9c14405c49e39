import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { emojis, findEmoji } from './emoji';

interface EmojiPickerProps {
  near: DOMRect;
  onPick: (emoji: string) => void;
  onClose: (back: boolean) => void;
}

const [width, height, columns] = [324, 300, 8];

export default function EmojiPicker({ near, onPick, onClose }: EmojiPickerProps) {
  const [query, setQuery] = useState('');
  const whole = useRef<HTMLDivElement>(null);
  const shown = query ? findEmoji(query.toLowerCase()) : emojis;
  const left = Math.max(8, Math.min(near.right - width, innerWidth - width - 8));
  const top = near.top > height + 16 ? near.top - height - 8 : Math.min(near.bottom + 8, innerHeight - height - 8);

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!whole.current?.contains(event.target as Node)) onClose(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [onClose]);

  const hear = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      return onClose(true);
    }
    const buttons = [...whole.current!.querySelectorAll<HTMLButtonElement>('[role=option]')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (at < 0 && event.key === 'Enter' && shown[0]) {
      event.preventDefault();
      return onPick(shown[0].emoji);
    }
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: at < 0 ? 1 : columns, ArrowUp: -columns }[event.key];
    if (step === undefined || (at < 0 && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(at + step, buttons.length - 1))]?.focus();
  };

  return createPortal(
    <div ref={whole} className="emoji-picker" role="dialog" aria-label="Emoji" style={{ left, top, width, height }} onKeyDown={hear}>
      <input autoFocus value={query} aria-label="Search emoji" placeholder="Search emoji" onChange={(event) => setQuery(event.target.value)} />
      <div className="emoji-grid" role="listbox" aria-label="Emoji">
        {shown.map(({ emoji, name }) => <button key={emoji} type="button" role="option" aria-selected="false" aria-label={name.replaceAll('_', ' ')} title={name} onClick={() => onPick(emoji)}>{emoji}</button>)}
        {shown.length === 0 && <p className="muted">No emoji is called that.</p>}
      </div>
    </div>,
    document.body,
  );
}
