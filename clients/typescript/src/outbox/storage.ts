import type { Id } from '../protocol/entities.js';
import type { OutgoingMessage } from './message.js';

/** Where messages wait that were not stored yet. */
export interface OutboxStorage {
  load(author: Id): Promise<readonly OutgoingMessage[]>;
  put(message: OutgoingMessage): Promise<void>;
  delete(clientId: Id): Promise<void>;
  close(): void;
}

/** Messages in memory, forgotten at the program's end. */
export function memoryOutbox(): OutboxStorage {
  const held = new Map<Id, OutgoingMessage>();
  return {
    load: (author) => Promise.resolve([...held.values()].filter((m) => m.authorId === author)),
    put: (message) => Promise.resolve(void held.set(message.clientId, message)),
    delete: (clientId) => Promise.resolve(void held.delete(clientId)),
    close: () => undefined,
  };
}

const table = 'messages';

/** Messages in an IndexedDB of this name; they survive a reload. */
export function databaseOutbox(name: string, factory: IDBFactory): OutboxStorage {
  let opening: Promise<IDBDatabase> | null = null;
  const open = () => (opening ??= openDatabase(name, factory));
  const store = async (mode: IDBTransactionMode) => (await open()).transaction(table, mode).objectStore(table);
  return {
    load: async (author) => done<OutgoingMessage[]>((await store('readonly')).index('author').getAll(author)),
    put: async (message) => void (await done((await store('readwrite')).put(message))),
    delete: async (clientId) => void (await done((await store('readwrite')).delete(clientId))),
    close: () => void opening?.then((database) => database.close(), () => undefined),
  };
}

/** Messages that survive a reload where there is an IndexedDB, else in memory. */
export const defaultOutbox = (name: string): OutboxStorage => (typeof indexedDB === 'undefined' ? memoryOutbox() : databaseOutbox(name, indexedDB));

function openDatabase(name: string, factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'clientId' }).createIndex('author', 'authorId');
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database refused.'));
  });
}
