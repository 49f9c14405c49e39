import type { Channel } from '@chatgenius/client';
import { createContext, use, useMemo, useState } from 'react';

/** The dialogs that there are. */
export type DialogRequest =
  | { readonly kind: 'switcher' | 'browse' | 'create' | 'direct' | 'profile' }
  | { readonly kind: 'confirm'; readonly title: string; readonly text: string; readonly action: string; readonly run: () => Promise<unknown> }
  | { readonly kind: 'invite'; readonly channel: Channel }
  | { readonly kind: 'date'; readonly channelId: string; readonly go: (seq: number) => void };

export interface Dialogs {
  open(dialog: DialogRequest): void;
  close(): void;
}

export const DialogsContext = createContext<Dialogs>({ open: () => undefined, close: () => undefined });

export const useDialogs = (): Dialogs => use(DialogsContext);

export function useDialogState(): [DialogRequest | null, Dialogs] {
  const [dialog, set] = useState<DialogRequest | null>(null);
  return [dialog, useMemo(() => ({ open: set, close: () => set(null) }), [])];
}
