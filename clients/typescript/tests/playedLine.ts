import type { Line, LineHandlers, SyncAnswer, SyncPosition } from '../src/index.js';
import type { Seen } from '../src/connection/causes.js';

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly resolve: (answer: unknown) => void;
  readonly reject: (failure: unknown) => void;
}

/** A line whose server is the test. Opens at once unless it is told otherwise; answers nothing by itself but what needs no answer. */
export class PlayedLine implements Line {
  readonly calls: Call[] = [];
  transport: string | null = 'WebSockets';
  seen: Seen = { status: null, upgradeFailed: false };
  closed = false;

  constructor(
    readonly handlers: LineHandlers | null = null,
    private readonly opening: () => Promise<void> = () => Promise.resolve(),
  ) {}

  open = (): Promise<void> => this.opening();

  invoke = ((method: string, ...args: unknown[]) => {
    if (method !== 'Sync') return Promise.resolve(method === 'Renew' ? { expiresAt: '2026-01-01T00:15:00.000Z' } : undefined).finally(() => this.said.push([method, ...args]));
    return new Promise<unknown>((resolve, reject) => this.calls.push({ method, args, resolve, reject }));
  }) as unknown as Line['invoke'];

  /** What was said that needs no answer. */
  readonly said: unknown[][] = [];

  close = (): Promise<void> => {
    this.closed = true;
    for (const call of this.calls.splice(0)) call.reject(new Error('Invocation canceled due to the underlying connection being closed.'));
    return Promise.resolve();
  };

  /** The positions of the sync that waits for its answer. */
  get asked(): readonly SyncPosition[] | null {
    return (this.calls[0]?.args[0] as readonly SyncPosition[] | undefined) ?? null;
  }

  answer(answer: Partial<SyncAnswer>): void {
    this.calls.shift()?.resolve({ deltas: [], heads: [], denied: [], failed: [], ...answer });
  }
}
