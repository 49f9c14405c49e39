import type { ChatClient, SideBarLine, SideBarSnapshot, Store, User } from '@chatgenius/client';
import { createContext, use, useCallback, useRef, useSyncExternalStore } from 'react';

export const ClientContext = createContext<ChatClient | null>(null);

/** The client of the session that this part of the page belongs to. */
export function useClient(): ChatClient {
  const client = use(ClientContext);
  if (!client) throw new Error('There is no client here.');
  return client;
}

export const useStore = <T,>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.getSnapshot);

/** A part of a store; this is drawn anew only when that part changes. */
export function usePart<T, P>(store: Store<T>, part: (snapshot: T) => P): P {
  const latest = useRef(part);
  latest.current = part;
  return useSyncExternalStore(store.subscribe, useCallback(() => latest.current(store.getSnapshot()), [store]));
}

/** The one who is signed in. */
export function useMe(): User {
  const { user } = useStore(useClient().session);
  if (!user) throw new Error('It is not known who is signed in.');
  return user;
}

export const useSideBar = (): SideBarSnapshot => useStore(useClient().sideBar);

/** The line of a channel that the caller is in; null where they are not. */
export function useLine(channelId: string): SideBarLine | null {
  return usePart(useClient().sideBar, ({ lines }) => lines.find((line) => line.channel.id === channelId) ?? null);
}

export const useProfile = (userId: string): User | null => useStore(useClient().profile(userId));
