import type { Clock } from '../time/clock.js';

/** What a device and a page tell about themselves. */
export type Sign =
  /** The network is back, the page is looked at again, or the machine woke up: what was true a moment ago may not be. */
  | 'woke'
  /** The device says that it has no network. */
  | 'offline'
  /** Nobody looks at the page, or somebody does. */
  | 'hidden' | 'visible';

export interface Surroundings {
  readonly online: boolean;
  readonly visible: boolean;
  /** Tells signs until the returned function is called. */
  watch(told: (sign: Sign) => void): () => void;
}

type Events = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

export interface PageParts {
  readonly window: Events;
  readonly document: Events & { readonly visibilityState: string };
  readonly navigator: { readonly onLine?: boolean };
}

/** A beat that comes this much too late tells of a machine that slept. */
const beatMs = 15_000;
const sleptMs = 10_000;

/** A page of a browser: online, offline, visibility, coming back from the cache of pages, and sleep. */
export function pageSurroundings(page: PageParts, clock: Clock): Surroundings {
  return {
    get online() {
      return page.navigator.onLine !== false;
    },
    get visible() {
      return page.document.visibilityState !== 'hidden';
    },
    watch(told) {
      const bound: [Events, string, () => void][] = [
        [page.window, 'online', () => told('woke')],
        [page.window, 'offline', () => told('offline')],
        [page.window, 'pageshow', () => told('woke')],
        [page.document, 'resume', () => told('woke')],
        [page.document, 'visibilitychange', () => {
          told(page.document.visibilityState === 'hidden' ? 'hidden' : 'visible');
          if (page.document.visibilityState !== 'hidden') told('woke');
        }],
      ];
      for (const [target, name, handler] of bound) target.addEventListener(name, handler);
      const stopBeating = watchSleep(clock, () => told('woke'));
      return () => {
        for (const [target, name, handler] of bound) target.removeEventListener(name, handler);
        stopBeating();
      };
    },
  };
}

/** A program: always online and visible as far as it knows; only sleep is noticed. */
export function programSurroundings(clock: Clock): Surroundings {
  return { online: true, visible: true, watch: (told) => watchSleep(clock, () => told('woke')) };
}

/** The surroundings of whatever this runs in. */
export function defaultSurroundings(clock: Clock): Surroundings {
  return typeof window !== 'undefined' && typeof document !== 'undefined' ? pageSurroundings({ window, document, navigator }, clock) : programSurroundings(clock);
}

function watchSleep(clock: Clock, woke: () => void): () => void {
  let cancel: () => void;
  const beat = (due: number) => {
    cancel = clock.after(beatMs, () => {
      const late = clock.now() - due;
      beat(clock.now() + beatMs);
      if (late > sleptMs) woke();
    });
  };
  beat(clock.now() + beatMs);
  return () => cancel();
}
