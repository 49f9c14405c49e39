import { expect, test } from 'vitest';
import { Quality } from '../../src/connection/quality.js';
import type { Line } from '../../src/connection/line.js';
import type { Message } from '../../src/protocol/entities.js';
import type { Delta } from '../../src/protocol/sync.js';
import { PlayedClock } from '../playedClock.js';

const clientId = '01920000-0000-7000-8000-000000000001';

test('how long a message took is told half a minute later, once, and an idle connection tells nothing', async () => {
  const { quality, clock, reports, line } = seen();
  quality.opened(line);
  await clock.pass(120_000);
  expect(reports).toEqual([]);

  quality.sent(clientId);
  await clock.pass(70);
  quality.came({ items: [{ clientId }] } as unknown as Delta<Message>);
  await clock.pass(29_000);
  expect(reports).toEqual([]);
  await clock.pass(1_000);
  expect(reports).toMatchObject([{ postMs: [70], gaps: 0, client: 'typescript' }]);
  await clock.pass(120_000);
  expect(reports).toHaveLength(1);
  expect(clock.waiting).toBe(0);
});

test('what a lost connection has not told, the next one tells', async () => {
  const { quality, clock, reports, line } = seen();
  quality.opened(line);
  quality.gap();
  quality.lost('silent');
  expect(clock.waiting).toBe(0);
  await clock.pass(3_000);
  quality.opened(line);
  await clock.pass(0);
  expect(reports).toMatchObject([{ gaps: 1, awayMs: [3_000], causes: { silent: 1 } }]);
});

function seen() {
  const clock = new PlayedClock();
  const reports: unknown[] = [];
  const invoke = (method: string, ...args: unknown[]) => {
    if (method === 'Report') reports.push(args[0]);
    return Promise.resolve(null);
  };
  const line = { transport: 'WebSockets', seen: {}, invoke } as unknown as Line;
  return { quality: new Quality(clock, { log: () => undefined }), clock, reports, line };
}
