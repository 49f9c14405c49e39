import { readFileSync } from 'node:fs';
import type { Delta, Head, Message, MessagePage, SyncAnswer, UserPage } from '../../src/index.js';

/** The scripts that every client must pass; see the README beside the file. */
export interface Vectors {
  readonly version: number;
  readonly setAside: number;
  readonly patienceMs: number;
  readonly vectors: readonly Vector[];
}

export interface Vector {
  readonly name: string;
  readonly feed: string;
  readonly mode?: 'live' | 'heads' | 'partial';
  readonly me?: string;
  readonly also?: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly delta?: Delta;
  readonly sync?: SyncAnswer;
  readonly heads?: readonly Head[];
  readonly behind?: readonly string[];
  readonly dropped?: readonly string[];
  readonly connect?: boolean;
  readonly patience?: boolean;
  readonly page?: MessagePage;
  readonly put?: UserPage;
  readonly command?: string;
  readonly answer?: Message;
  readonly send?: { readonly clientId: string };
  readonly lost?: string;
  readonly refused?: { readonly clientId: string; readonly status: number; readonly code: string };
  readonly retry?: string;
  readonly discard?: string;
  readonly then?: Expected;
}

export interface Expected {
  readonly position?: readonly [number, number];
  readonly floor?: number;
  readonly held?: Readonly<Record<string, number>>;
  readonly need?: 'nothing' | 'soon' | 'now' | 'later';
  readonly continuity?: string;
  readonly head?: readonly [number, number];
  readonly joined?: boolean;
  readonly outbox?: Readonly<Record<string, string>>;
  readonly shown?: number;
}

export const vectors = JSON.parse(readFileSync(new URL('../../../vectors/reader.json', import.meta.url), 'utf8')) as Vectors;
