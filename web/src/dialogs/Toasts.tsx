import { useSyncExternalStore } from 'react';
import { toastStore } from './toasts';

export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.getSnapshot);
  return <div className="toasts" role="alert">{toasts.map(({ id, text }) => <p key={id}>{text}</p>)}</div>;
}
