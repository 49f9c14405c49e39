import { Suspense, useRef, useState } from 'react';
import { part } from '../parts';
import { Icon } from '../look/icons';

const { Part: EmojiPicker } = part(() => import('./EmojiPicker'));

/** A button that opens the emoji picker. */
export function EmojiButton({ label, onPick }: { label: string; onPick: (emoji: string) => void }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (back: boolean) => {
    setOpen(false);
    if (back) button.current?.focus();
  };
  return (
    <>
      <button ref={button} type="button" className="icon-button small" aria-label={label} title={label} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="smile" /></button>
      {open && (
        <Suspense>
          <EmojiPicker
            near={button.current!.getBoundingClientRect()}
            onClose={close}
            onPick={(emoji) => {
              close(true);
              onPick(emoji);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
