import { lazy, type ComponentType } from 'react';

const againMs = 2_000;

/** Loads a part of the page, however often it takes: the network may be away just now. */
async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((done) => setTimeout(done, againMs));
    }
  }
}

/** A part that is not needed for the first paint. `ahead` brings it before it is asked for. */
export function part<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  let loading: Promise<{ default: ComponentType<P> }> | null = null;
  const ahead = () => (loading ??= patiently(load));
  return { Part: lazy(ahead), ahead: () => void ahead() };
}
