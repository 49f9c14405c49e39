import { useEffect, useState, type KeyboardEvent } from 'react';

interface Options {
  readonly active: number;
  setActive(index: number): void;
  /** For the field that is typed into. */
  hear(event: KeyboardEvent): void;
}

/** A field with a list below: arrows move through the list, Enter chooses. */
export function useOptions(count: number, query: string, choose: (index: number) => void): Options {
  const [active, setActive] = useState(0);
  useEffect(() => setActive(0), [query]);
  const at = Math.min(active, Math.max(0, count - 1));
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    void document.querySelector('dialog [role=option][aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return {
    active: at,
    setActive,
    hear: (event) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + count) % Math.max(1, count));
      else if (event.key === 'Enter' && count > 0) choose(at);
      else return;
      event.preventDefault();
    },
  };
}
