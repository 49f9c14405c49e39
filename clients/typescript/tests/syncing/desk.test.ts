import { beforeEach, expect, test } from 'vitest';
import { EntityMap } from '../../src/feeds/holding.js';
import { FeedView } from '../../src/feeds/view.js';
import { SyncDesk } from '../../src/syncing/desk.js';
import type { Head, Revised } from '../../src/index.js';
import { PlayedClock, settle } from '../playedClock.js';
import { PlayedLine } from '../playedLine.js';

const feed = 'channels/01920000-0000-7000-8000-00000000000c/messages';

let clock: PlayedClock;
let desk: SyncDesk;
let line: PlayedLine;
let caughtUp: boolean[];
let silences: number;
let mayRead: boolean;

beforeEach(() => {
  clock = new PlayedClock();
  [caughtUp, silences, mayRead] = [[], 0, false];
  desk = new SyncDesk({
    clock, chance: () => 0.5, backOff: { minMs: 200, maxMs: 10_000 }, logger: { log: () => undefined },
    caughtUp: (yes) => caughtUp.push(yes), silent: () => silences++, gap: () => undefined, came: () => undefined, mayRead: () => mayRead,
  });
  line = new PlayedLine();
});

const view = (name = feed) => new FeedView<Revised>(name, new EntityMap<Revised>((item) => String(item.revision)));
const heads = (revision = 0): Head[] => (line.asked ?? []).map(({ feed: each }) => ({ feed: each, epoch: 1, revision }));
const answer = async (more = {}) => {
  line.answer({ heads: heads(), ...more });
  await settle();
};

test('a thousand feeds are synced in calls of five hundred, one at a time', async () => {
  for (let i = 0; i < 1_000; i++) desk.watchHeads(`feed ${i}`, () => undefined);
  desk.attach(line);
  await settle();
  expect([line.calls.length, line.asked?.length]).toEqual([1, 500]);
  await answer();
  expect([line.calls.length, line.asked?.length]).toEqual([1, 500]);
  await answer();
  expect(line.asked).toBeNull();
  expect(caughtUp.at(-1)).toBe(true);
});

test('a feed that is looked at is taken live, then by its heads, then not at all', async () => {
  desk.attach(line);
  const stopHeads = desk.watchHeads(feed, () => undefined);
  await settle();
  expect(line.asked).toEqual([{ feed, epoch: 0, revision: 0, mode: 'heads' }]);
  await answer();
  const stopLive = desk.watch(feed, view());
  await settle();
  expect(line.asked).toEqual([{ feed, epoch: 0, revision: 0, mode: 'live' }]);
  await answer({ deltas: [{ feed, epoch: 1, from: 0, to: 0, reset: true, floor: 1, more: false, fence: null, items: [] }] });
  stopLive();
  await settle();
  expect(line.asked).toEqual([{ feed, epoch: 1, revision: 0, mode: 'heads' }]);
  await answer();
  stopHeads();
  await settle();
  expect(line.said).toEqual([['Unwatch', [feed]]]);
  expect(line.asked).toBeNull();
});

test('a live feed tells its heads, too', async () => {
  const told: (number | null | undefined)[] = [];
  desk.attach(line);
  desk.watch(feed, view());
  desk.watchHeads(feed, (head) => told.push(head.lastSeq));
  await settle();
  await answer({ heads: [{ feed, epoch: 1, revision: 4, lastSeq: 4 }], deltas: [{ feed, epoch: 1, from: 0, to: 4, reset: true, floor: 1, more: false, fence: null, items: [] }] });
  desk.offer({ feed, epoch: 1, from: 4, to: 5, reset: false, floor: null, more: false, fence: null, items: [{ id: 'x', seq: 5, revision: 5 } as Revised] });
  desk.offer({ feed, epoch: 1, from: 5, to: 6, reset: false, floor: null, more: false, fence: null, items: [{ id: 'y', seq: 2, revision: 6 } as Revised] });
  expect(told.at(-1)).toBe(5);
  desk.watchHeads(feed, (head) => told.push(-(head.lastSeq ?? 0)));
  expect(told.at(-1)).toBe(-5);
});

test('a sync that is refused is asked again a little later', async () => {
  desk.watch(feed, view());
  desk.attach(line);
  await settle();
  line.calls.shift()!.reject(new Error('superseded: A newer Sync of this connection took its place.'));
  await clock.pass(900);
  expect(line.asked).toBeNull();
  await clock.pass(200);
  expect(line.asked).toHaveLength(1);
});

test('a sync that is not answered gives the line up', async () => {
  desk.watch(feed, view());
  desk.attach(line);
  await clock.pass(29_000);
  expect(silences).toBe(0);
  await clock.pass(2_000);
  expect(silences).toBe(1);
});

test('an answer that brings nothing new is not asked for in a loop', async () => {
  desk.watch(feed, view());
  desk.attach(line);
  await settle();
  await answer({ heads: [{ feed, epoch: 1, revision: 4 }], deltas: [{ feed, epoch: 1, from: 0, to: 3, reset: true, floor: 1, more: false, fence: null, items: [] }] });
  expect(line.asked).toHaveLength(1);
  await answer({ heads: [{ feed, epoch: 1, revision: 4 }] });
  expect(line.asked).toBeNull();
  await clock.pass(600);
  expect(line.asked).toHaveLength(1);
});

test('denied although the own list says member: asked again, ever more slowly, until it is not denied', async () => {
  mayRead = true;
  const read = view();
  desk.watch(feed, read);
  desk.attach(line);
  await settle();
  let asked = 0;
  for (let second = 0; second < 60; second++) {
    if (line.asked) {
      asked++;
      await answer({ heads: [], denied: [feed] });
    }
    await clock.pass(1_000);
  }
  expect(asked).toBeGreaterThan(4);
  expect(asked).toBeLessThan(9);
  await clock.pass(30_000);
  await answer({ deltas: [{ feed, epoch: 1, from: 0, to: 0, reset: true, floor: 1, more: false, fence: null, items: [] }] });
  expect(read.continuity).toBe('reset');
  desk.doubt();
  await settle();
  await answer();
  expect(read.continuity).toBe('continued');
});

test('nothing is remembered of an earlier connection', async () => {
  desk.watch(feed, view());
  desk.attach(line);
  await settle();
  await answer({ deltas: [{ feed, epoch: 1, from: 0, to: 3, reset: true, floor: 1, more: false, fence: null, items: [] }], heads: [{ feed, epoch: 1, revision: 3 }] });
  desk.detach();
  await line.close();
  desk.attach((line = new PlayedLine()));
  await settle();
  expect(line.asked).toEqual([{ feed, epoch: 1, revision: 3, mode: 'live' }]);
});
