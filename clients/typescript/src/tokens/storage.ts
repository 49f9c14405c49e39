import type { Clock } from '../time/clock.js';
import type { Tokens } from './tokens.js';

/** Where the tokens of a session are kept, shared by the tabs of a browser where it can be. */
export interface TokenStorage {
  load(): Tokens | null;
  /** Null forgets them. */
  save(tokens: Tokens | null): void;
  /** Calls back when another tab saved; the returned function ends that. */
  onChanged(changed: (tokens: Tokens | null) => void): () => void;
  /** Runs `work` while no other tab does; rejects with what it rejects with. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Tokens in memory: one program or one tab, forgotten at its end. */
export function memoryTokens(): TokenStorage {
  let held: Tokens | null = null;
  return { load: () => held, save: (tokens) => void (held = tokens), onChanged: () => () => undefined, alone: (work) => work() };
}

interface Locks {
  request<T>(name: string, options: { signal: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

/** The parts of a browser that tabs share; each may be missing. */
export interface TabParts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly locks?: Locks | undefined;
  /** Where `storage` events come. */
  readonly events?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | undefined;
  readonly channel?: (() => BroadcastChannel) | undefined;
}

/** How long a tab waits for another one's renewal before it goes ahead; a frozen tab may keep a lock for ever. */
const lockPatienceMs = 15_000;

/**
 * Tokens in `localStorage`, renewed by one tab at a time (Web Locks), told to the others (BroadcastChannel, else `storage` events).
 * @param name Keeps deployments and accounts apart.
 */
export function tabTokens(name: string, parts: TabParts, clock: Clock): TokenStorage {
  const key = `${name}:tokens`;
  const load = (): Tokens | null => parse(parts.storage.getItem(key));
  let channel: BroadcastChannel | null = null;
  return {
    load,
    save(tokens) {
      if (tokens) parts.storage.setItem(key, JSON.stringify(tokens));
      else parts.storage.removeItem(key);
      channel?.postMessage('changed');
    },
    onChanged(changed) {
      const told = () => changed(load());
      const stored = (event: Event) => {
        if ((event as StorageEvent).key === key) told();
      };
      parts.events?.addEventListener('storage', stored);
      channel = parts.channel?.() ?? null;
      channel?.addEventListener('message', told);
      return () => {
        parts.events?.removeEventListener('storage', stored);
        channel?.removeEventListener('message', told);
        channel?.close();
        channel = null;
      };
    },
    async alone(work) {
      if (!parts.locks) return work();
      let entered = false;
      const patience = new AbortController();
      const settle = clock.after(lockPatienceMs, () => patience.abort());
      try {
        return await parts.locks.request(`${key}:renewal`, { signal: patience.signal }, () => {
          entered = true;
          settle();
          return work();
        });
      } catch (failure) {
        if (entered || !patience.signal.aborted) throw failure;
        return work();
      } finally {
        settle();
      }
    },
  };
}

/** Shared by tabs where this is a page of a browser, else in memory. */
export function defaultTokens(name: string, clock: Clock): TokenStorage {
  try {
    if (typeof localStorage === 'undefined' || typeof window === 'undefined') return memoryTokens();
    const parts: TabParts = {
      storage: localStorage,
      locks: 'locks' in navigator ? (navigator.locks as Locks) : undefined,
      events: window,
      channel: typeof BroadcastChannel === 'undefined' ? undefined : () => new BroadcastChannel(`${name}:tokens`),
    };
    return tabTokens(name, parts, clock);
  } catch {
    // A page may be forbidden to touch its storage; reading the property then throws.
    return memoryTokens();
  }
}

function parse(text: string | null): Tokens | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Tokens> | null;
    return typeof value?.access === 'string' && typeof value.expiresAt === 'number' && typeof value.renewAt === 'number'
      ? { access: value.access, refresh: value.refresh ?? null, renewAt: value.renewAt, expiresAt: value.expiresAt }
      : null;
  } catch {
    return null;
  }
}
