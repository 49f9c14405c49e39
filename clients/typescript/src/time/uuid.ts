import type { Id } from '../protocol/entities.js';

/** Fills a buffer with random bytes. */
export type RandomBytes = (bytes: Uint8Array) => Uint8Array;

/** A UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then chance. Pure. */
export function uuidV7(now: number, random: RandomBytes): Id {
  const bytes = random(new Uint8Array(16));
  for (let i = 5, rest = now; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The platform's own random bytes. */
export const systemRandom: RandomBytes = (bytes) => crypto.getRandomValues(bytes);
