import type { Delta } from '../protocol/sync.js';

/**
 * What a reader does with a delta: `ignore` what is old or says nothing new; `apply` its items and stand at its end; `reset` what is held;
 * at a `gap` set it aside and wait a moment for what is missing; `ask` at once, as it speaks of a history that is not held.
 */
export type Verdict = 'ignore' | 'apply' | 'reset' | 'gap' | 'ask';

/** The reader's rule for a reader that stands at (`epoch`, `revision`); epoch 0 holds nothing. Pure. */
export function judge(epoch: number, revision: number, delta: Delta): Verdict {
  if (delta.epoch < epoch) return 'ignore';
  if (delta.reset) return delta.epoch === epoch && delta.to < revision ? 'ignore' : 'reset';
  if (epoch === 0 || delta.epoch > epoch) return 'ask';
  if (delta.to <= revision) return 'ignore';
  return delta.from <= revision ? 'apply' : 'gap';
}
