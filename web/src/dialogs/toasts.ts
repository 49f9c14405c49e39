import { wordsFor } from '../session/failures';

export interface Toast {
  readonly id: number;
  readonly text: string;
}

const shownMs = 6_000;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let count = 0;

const become = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of [...listeners]) listener();
};

export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  getSnapshot: () => toasts,
};

/** Says something for a few seconds. */
export function say(text: string): void {
  const id = ++count;
  become([...toasts.slice(-2), { id, text }]);
  setTimeout(() => become(toasts.filter((toast) => toast.id !== id)), shownMs);
}

/** Says what went wrong. */
export const complain = (failure: unknown): void => say(wordsFor(failure));
