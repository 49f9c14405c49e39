import type { Chance } from './chance.js';

export interface BackOff {
  /** The first wait in milliseconds; it doubles with each failure. */
  readonly minMs: number;
  /** The longest wait in milliseconds. */
  readonly maxMs: number;
}

/** The wait after the given number of failures: between a half and the whole of the doubled minimum, at most the maximum. Pure. */
export function backOffAfter(failures: number, { minMs, maxMs }: BackOff, chance: Chance): number {
  const whole = Math.min(minMs * 2 ** Math.min(failures, 16), maxMs);
  return Math.round(whole * (0.5 + chance() / 2));
}
