import { expect, test } from 'vitest';
import { pageSurroundings } from '../../src/index.js';
import { PlayedServer } from '../playedServer.js';
import { settle } from '../playedClock.js';

/** A page whose parts can be counted and played. */
class PlayedPage {
  readonly window = new CountedTarget();
  readonly document = Object.assign(new CountedTarget(), { visibilityState: 'visible' });
  readonly navigator = { onLine: true };

  get listeners(): number {
    return this.window.count + this.document.count;
  }
}

class CountedTarget extends EventTarget {
  count = 0;

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.count++;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.count--;
    super.removeEventListener(...args);
  }
}

async function onPage() {
  const page = new PlayedPage();
  const server = new PlayedServer();
  const client = await server.started({ surroundings: pageSurroundings(page, server.clock) });
  client.sideBar.subscribe(() => undefined);
  await server.answerSync();
  await server.answerSync();
  return { page, server, client };
}

test('opening that hangs is given up, and the next try does without WebSockets', async () => {
  const server = new PlayedServer();
  server.opening = () => new Promise(() => undefined);
  const client = await server.started();
  await server.clock.pass(15_000);
  expect(client.connection.getSnapshot()).toMatchObject({ phase: 'offline', cause: 'noUpgrade' });
  await server.clock.pass(1_000);
  expect(server.lineOptions).toEqual([{ webSockets: true }, { webSockets: false }]);
  expect(server.lines[0]!.closed).toBe(true);
  await client.dispose();
});

test('retries never give up by themselves', async () => {
  const server = new PlayedServer();
  server.opening = () => Promise.reject(new TypeError('fetch failed'));
  const client = await server.started();
  await server.clock.pass(10 * 60_000);
  expect(server.lines.length).toBeGreaterThan(60);
  server.opening = () => Promise.resolve();
  await server.clock.pass(10_000);
  expect(client.connection.getSnapshot().phase).not.toBe('offline');
  await client.dispose();
});

test('the device goes offline and comes back', async () => {
  const { page, server, client } = await onPage();
  page.navigator.onLine = false;
  page.window.dispatchEvent(new Event('offline'));
  await settle();
  expect(client.connection.getSnapshot()).toMatchObject({ phase: 'offline', cause: 'deviceOffline' });
  page.navigator.onLine = true;
  page.window.dispatchEvent(new Event('online'));
  await settle();
  expect(client.connection.getSnapshot().phase).toBe('catchingUp');
  await client.dispose();
  expect(page.listeners).toBe(0);
  expect(server.clock.waiting).toBe(0);
});

test('after sleep everything is compared; a line that does not answer is given up', async () => {
  const { server, client } = await onPage();
  expect(client.connection.getSnapshot().phase).toBe('live');
  server.clock.sleep(60_000);
  await server.clock.pass(15_000);
  expect(server.line.asked?.map((p) => p.feed)).toContain(`users/${client.session.getSnapshot().user!.id}/channels`);
  await server.clock.pass(6_000);
  expect(server.lines).toHaveLength(2);
  await client.dispose();
});

test('a hidden page comes back slowly, and at once when it is looked at', async () => {
  const { page, server, client } = await onPage();
  page.document.visibilityState = 'hidden';
  server.line.handlers!.closed(new Error('WebSocket closed with status code: 1006'));
  await server.clock.pass(4_000);
  expect(client.connection.getSnapshot().phase).toBe('offline');
  page.document.visibilityState = 'visible';
  page.document.dispatchEvent(new Event('visibilitychange'));
  await settle();
  expect(client.connection.getSnapshot().phase).toBe('catchingUp');
  await client.dispose();
});
