import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { causes, ChatApiError, SignedOutError, UnreachableError, type Cause } from '../../src/index.js';
import { causeOf, causeOfClosing } from '../../src/connection/causes.js';
import { idle, step, type ConnectionState, type Happening } from '../../src/connection/state.js';
import { backOffAfter } from '../../src/time/backOff.js';

const conditions = { now: 1_000, chance: () => 0, backOff: { minMs: 200, maxMs: 10_000 }, leastMs: 0 };
const all = Object.keys(causes) as Cause[];
const live = (['start', { kind: 'opened', transport: 'WebSockets' }, 'caughtUp'] as const).reduce<ConnectionState>((state, h) => step(state, (typeof h === 'string' ? { kind: h } : h) as Happening, conditions), idle);

test('from idle to live', () => expect(live).toEqual({ phase: 'live', cause: null, retryAt: null, failures: 0, transport: 'WebSockets' }));

describe('each cause has one transition', () => {
  test.each(all.filter((c) => causes[c].comesBack))('%s: away, and tried again', (cause) => {
    const lost = step(live, { kind: 'lost', cause }, conditions);
    expect(lost).toEqual({ phase: 'offline', cause, retryAt: 1_100, failures: 1, transport: null });
    expect(step(lost, { kind: 'try' }, conditions)).toMatchObject({ phase: 'connecting', cause });
  });

  test.each(all.filter((c) => !causes[c].comesBack))('%s: over for good', (cause) => {
    const ended = step(live, { kind: 'lost', cause }, conditions);
    expect(ended).toMatchObject({ phase: 'ended', cause, retryAt: null });
    expect(step(ended, { kind: 'try' }, conditions)).toBe(ended);
  });
});

test('what the server says about coming back is heard where the cause waits as said, and spread', () => {
  expect(step(live, { kind: 'lost', cause: 'draining', retryAfterMs: 3_000 }, conditions).retryAt).toBe(4_000);
  expect(step(live, { kind: 'lost', cause: 'draining', retryAfterMs: 3_000 }, { ...conditions, chance: () => 1 }).retryAt).toBe(5_500);
  expect(step(live, { kind: 'lost', cause: 'cut', retryAfterMs: 3_000 }, conditions).retryAt).toBe(1_100);
});

test('nobody looks: no try comes soon', () => expect(step(live, { kind: 'lost', cause: 'cut' }, { ...conditions, leastMs: 5_000 }).retryAt).toBe(6_000));

test('a connection that lasted begins the back-off anew', () => {
  const often = { ...live, failures: 5 };
  expect(step(often, { kind: 'lasted' }, conditions).failures).toBe(0);
  expect(step({ ...often, phase: 'offline' }, { kind: 'lasted' }, conditions).failures).toBe(5);
});

test('the back-off lies between half and whole of what doubles, and has an end', () =>
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, chance) => {
      const wait = backOffAfter(failures, conditions.backOff, () => chance);
      const whole = Math.min(200 * 2 ** Math.min(failures, 16), 10_000);
      return wait >= whole / 2 && wait <= whole;
    }),
  ));

test('no sequence of happenings leads out of the end, or to a try without a time', () => {
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    fc.constantFrom<Happening>({ kind: 'start' }, { kind: 'try' }, { kind: 'caughtUp' }, { kind: 'behind' }, { kind: 'lasted' }, { kind: 'opened', transport: null }),
    fc.record({ kind: fc.constant('lost' as const), cause: fc.constantFrom(...all), retryAfterMs: fc.option(fc.nat(60_000)) }),
  );
  fc.assert(
    fc.property(fc.array(happening), (happenings) => {
      let state = idle;
      for (const each of happenings) {
        const after = step(state, each, conditions);
        expect(after.phase === 'offline').toBe(after.retryAt !== null);
        if (state.phase === 'ended') expect(after).toBe(state);
        state = after;
      }
    }),
  );
});

test('what was noticed says why', () => {
  const seen = { status: null, upgradeFailed: false };
  expect(causeOf(new SignedOutError('x'), seen).cause).toBe('sessionEnded');
  expect(causeOf(new ChatApiError(401, 'token_expired', ''), seen).cause).toBe('unauthenticated');
  expect(causeOf(new ChatApiError(503, 'starting', '', 5_000), seen)).toEqual({ cause: 'unavailable', retryAfterMs: 5_000 });
  expect(causeOf(new ChatApiError(404, '', ''), seen).cause).toBe('refused');
  expect(causeOf(new UnreachableError('x'), seen).cause).toBe('unreachable');
  expect(causeOf(new TypeError('fetch failed'), seen).cause).toBe('unreachable');
  expect(causeOf(new Error('negotiation'), { ...seen, status: 502 }).cause).toBe('unavailable');
  expect(causeOf(new Error('Server timeout elapsed without receiving a message from the server.'), seen).cause).toBe('silent');
  expect(causeOf(new Error('WebSocket closed with status code: 1006'), seen).cause).toBe('cut');
  expect(causeOf(new Error('nothing opens'), { ...seen, upgradeFailed: true }).cause).toBe('noUpgrade');
  expect(causeOf(undefined, seen).cause).toBe('cut');
  expect(causeOfClosing({ code: 4999, reason: '', reconnect: true, retryAfterMs: 0 })).toBe('draining');
  expect(causeOfClosing({ code: 4999, reason: '', reconnect: false, retryAfterMs: 0 })).toBe('protocolError');
});
