import type { HubEvents, HubMethods } from '../protocol/hub.js';
import type { Seen } from './causes.js';

/** What hears a line. Bound before anything can be said on it. */
export type LineHandlers = { readonly [E in keyof HubEvents]: (said: HubEvents[E]) => void } & {
  /** The line is gone, once, after it had opened. */
  readonly closed: (failure: unknown) => void;
};

/** One connection to the hub, from opening to closing; a new one is made for each try. */
export interface Line {
  /** Rejects when it does not open. */
  open(): Promise<void>;
  invoke<M extends keyof HubMethods>(method: M, ...args: Parameters<HubMethods[M]>): Promise<ReturnType<HubMethods[M]>>;
  /** Ends it, whether open, opening or closed. Never rejects. */
  close(): Promise<void>;
  readonly transport: string | null;
  /** What was seen of HTTP so far. */
  readonly seen: Seen;
}

export interface LineOptions {
  /** False after a WebSocket did not open: the other transports are used this time. */
  readonly webSockets: boolean;
}

export type MakeLine = (handlers: LineHandlers, options: LineOptions) => Line;
