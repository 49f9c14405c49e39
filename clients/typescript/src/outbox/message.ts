import type { Fence, Id, Message } from '../protocol/entities.js';

/** Why a message was refused. */
export interface Reason {
  /** The stable code; see `GET /api/v1/errors`. */
  readonly code: string;
  readonly detail: string;
}

/** On its way, tried again by itself; stored by the server; or refused, until it is retried or discarded. */
export type SendState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'sent'; readonly message: Message }
  | { readonly kind: 'failed'; readonly reason: Reason };

/** A message that was sent from here. Immutable; each change makes a new one. */
export interface OutgoingMessage {
  /** Made once and never again: the stored message is known by it and the author, and is stored once however often it is sent. */
  readonly clientId: Id;
  readonly authorId: Id;
  readonly channelId: Id;
  readonly text: string;
  readonly threadId: Id | null;
  readonly mentions: readonly Id[];
  /** The newest members position that was known when it was written. */
  readonly members: Fence | null;
  /** Milliseconds since 1970, by this device's clock. */
  readonly writtenAt: number;
  readonly state: SendState;
}

/** What may happen to a message. */
export type Outcome =
  | { readonly kind: 'stored'; readonly message: Message }
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'retry'; readonly members: Fence | null };

/** The one function of transitions. What cannot happen in a state changes nothing; in particular nothing unmakes a sent message. Pure. */
export function next(message: OutgoingMessage, outcome: Outcome): OutgoingMessage {
  const { state } = message;
  switch (outcome.kind) {
    case 'stored':
      return state.kind === 'sent' ? message : { ...message, state: { kind: 'sent', message: outcome.message } };
    case 'refused':
      return state.kind === 'pending' ? { ...message, state: { kind: 'failed', reason: outcome.reason } } : message;
    case 'retry':
      return state.kind === 'failed' ? { ...message, members: laterOf(message.members, outcome.members), state: { kind: 'pending' } } : message;
  }
}

/** The later of two members positions. */
export function laterOf(a: Fence | null, b: Fence | null): Fence | null {
  if (!a || !b) return a ?? b;
  return b.epoch > a.epoch || (b.epoch === a.epoch && b.revision > a.revision) ? b : a;
}
