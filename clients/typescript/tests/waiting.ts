import type { Store } from '../src/index.js';

/** Waits until a store's state is as wanted; subscribed meanwhile. */
export function until<T>(store: Store<T>, wanted: (state: T) => boolean, withinMs = 15_000): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Not in ${withinMs} ms; it is ${JSON.stringify(store.getSnapshot())?.slice(0, 2000)}`));
    }, withinMs);
    const look = () => {
      const state = store.getSnapshot();
      if (!wanted(state)) return;
      clearTimeout(timer);
      stop();
      resolve(state);
    };
    const stop = store.subscribe(look);
    look();
  });
}
