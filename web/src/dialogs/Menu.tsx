import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, type IconName } from '../look/icons';
import './menu.css';

interface MenuProps {
  label: string;
  button: ReactNode;
  buttonClass?: string;
  place?: 'below' | 'above';
  children: ReactNode;
}

/** A button that opens a menu: arrows walk, Esc closes, and the focus comes back. */
export function Menu({ label, button, buttonClass = 'menu-button', place = 'below', children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    itemsOf(whole.current)[0]?.focus();
    const outside = (event: PointerEvent) => {
      if (!whole.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };

  const hear = (event: KeyboardEvent) => {
    if (!open) return;
    const items = itemsOf(whole.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="menu" ref={whole} onKeyDown={hear}>
      <button ref={opener} type="button" className={buttonClass} aria-label={label} title={buttonClass.includes('icon-button') ? label : undefined} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>{button}</button>
      {open && <div className={`menu-list ${place}`} role="menu" aria-label={label} onClick={close}>{children}</div>}
    </div>
  );
}

const itemsOf = (menu: HTMLElement | null) => [...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];

interface MenuItemProps {
  icon: IconName;
  onChoose: () => void;
  /** Given where this is one choice of several. */
  checked?: boolean;
  danger?: boolean;
  children: ReactNode;
}

export const MenuItem = ({ icon, onChoose, checked, danger = false, children }: MenuItemProps) => (
  <button type="button" tabIndex={-1} className={danger ? 'menu-item bad' : 'menu-item'} role={checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked={checked} onClick={onChoose}>
    <Icon name={icon} size={17} />
    <span className="grow">{children}</span>
    {checked && <span aria-hidden="true">✓</span>}
  </button>
);
