/** Where the client says what it does: transitions of the connection, losses, failures. Ids and codes only, never texts, tokens or passwords. */
export interface Logger {
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Says nothing. */
export const silentLogger: Logger = { log: () => undefined };

/** What a failure is called in a log. */
export const nameOf = (failure: unknown): string => (failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure));
