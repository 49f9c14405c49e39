import { useSyncExternalStore } from 'react';

/** What stands beside a channel. */
export type Panel = { readonly kind: 'thread'; readonly messageId: string } | { readonly kind: 'members' | 'pins' | 'details' };

/** What the page shows; it is the page's address. */
export interface Route {
  readonly channelId: string | null;
  readonly panel: Panel | null;
}

const id = '[0-9a-f]{8}-[0-9a-f-]{27}';
const pattern = new RegExp(`^/c/(${id})(?:/(?:(members|pins|details)|thread/(${id})))?/?$`);

/** Reads an address; one that says nothing shows no channel. Pure. */
export function routeOf(path: string): Route {
  const [, channelId, panel, messageId] = pattern.exec(path) ?? [];
  if (!channelId) return { channelId: null, panel: null };
  if (messageId) return { channelId, panel: { kind: 'thread', messageId } };
  return { channelId, panel: panel ? { kind: panel as 'members' | 'pins' | 'details' } : null };
}

/** The address of what is to be shown. Pure. */
export function pathOf({ channelId, panel }: Route): string {
  if (!channelId) return '/';
  if (!panel) return `/c/${channelId}`;
  return panel.kind === 'thread' ? `/c/${channelId}/thread/${panel.messageId}` : `/c/${channelId}/${panel.kind}`;
}

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
};

let read = { path: '', route: routeOf('') };
const current = (): Route => {
  if (read.path !== location.pathname) read = { path: location.pathname, route: routeOf(location.pathname) };
  return read.route;
};

export const useRoute = (): Route => useSyncExternalStore(subscribe, current);

/** Shows something else. `replace` leaves no trace for the back button. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  const path = pathOf(route);
  if (path === location.pathname) return;
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  for (const listener of [...listeners]) listener();
}

export const openChannel = (channelId: string): void => go({ channelId, panel: null });

/** Shows a panel beside the present channel; null closes it. */
export function showPanel(panel: Panel | null): void {
  const { channelId } = current();
  if (channelId) go({ channelId, panel });
}
