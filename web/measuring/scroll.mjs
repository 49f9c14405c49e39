// Fills a channel with many messages and scrolls through them, then goes to another channel and back a hundred times; says what it cost: long tasks, frames, memory, listeners.
//   ChatGenius__Rates__CommandsPerSecond=0 ChatGenius__DataPath=$(mktemp -d) dotnet run --project host
//   npm run measure [-- http://127.0.0.1:8080 50000]
import { randomUUID } from 'node:crypto';
import { chromium } from 'playwright-core';

const [address = 'http://127.0.0.1:8080', count = '50000'] = process.argv.slice(2);
const [username, password, atOnce] = [`measure${Date.now()}`, 'correct horse battery', 64];
const words = 'the quick brown fox **jumps** over a `lazy` dog and https://example.org/somewhere then _rests_ for a while'.split(' ');

async function call(method, path, body, token) {
  const form = body instanceof URLSearchParams;
  const answer = await fetch(address + path, { method, body: form ? body : JSON.stringify(body), headers: { ...(form ? {} : { 'Content-Type': 'application/json' }), ...(token ? { Authorization: `Bearer ${token}` } : {}) } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

await call('POST', '/api/v1/users', { username, password, displayName: 'Measure' });
const { access_token: token } = await call('POST', '/connect/token', new URLSearchParams({ grant_type: 'password', client_id: 'chatgenius', username, password, scope: 'openid' }));
const { channel } = await call('POST', '/api/v1/channels', { name: username, kind: 'public' }, token);
let next = 0;
const began = Date.now();
await Promise.all(Array.from({ length: atOnce }, async () => {
  while (next < Number(count)) {
    const i = next++;
    await call('POST', `/api/v1/channels/${channel.id}/messages`, { clientId: randomUUID(), text: Array.from({ length: 1 + ((i * 7) % 60) }, (_, k) => words[(i + k) % words.length]).join(' ') }, token);
  }
}));
console.log(`${count} messages posted in ${((Date.now() - began) / 1000).toFixed(1)} s`);

const browser = await chromium.launch({ executablePath: process.env.CHATGENIUS_TEST_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info', '--js-flags=--expose-gc'] });
const page = await browser.newPage({ viewport: { width: 1360, height: 850 } });
await page.goto(`${address}/c/${channel.id}`);
await page.getByRole('button', { name: 'Sign in' }).click();
await page.locator('[name=username]').fill(username);
await page.locator('[name=password]').fill(password);
await page.keyboard.press('Enter');
await page.locator('.message[data-state=stored]').last().waitFor();
await page.waitForTimeout(1_000);
const devtools = await page.context().newCDPSession(page);
const tasks = [];
devtools.on('Tracing.dataCollected', ({ value }) => tasks.push(...value.filter((event) => event.name.endsWith('RunTask') || event.name === 'thread_name')));
await devtools.send('Tracing.start', { transferMode: 'ReportEvents', categories: 'toplevel,__metadata' });
await page.evaluate(() => {
  window.frames = [];
  let last = performance.now();
  const frame = (now) => {
    window.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
await page.locator('.scroller').hover();
for (let i = 0; i < 400; i++) {
  await page.mouse.wheel(0, -400);
  await page.waitForTimeout(16);
}
const traced = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
await devtools.send('Tracing.end');
await traced;
// The time that the page's thread really ran: on a machine that does other work, a task that waits for a core is not a long one.
const renderers = new Set(tasks.filter((event) => event.args?.name === 'CrRendererMain').map((event) => `${event.pid}/${event.tid}`));
const ran = tasks.filter((event) => event.tdur && renderers.has(`${event.pid}/${event.tid}`)).map((event) => event.tdur / 1000);
const seen = await page.evaluate(() => {
  const frames = [...window.frames].sort((a, b) => a - b);
  return { frames: frames.length, median: frames[frames.length >> 1], p99: frames[Math.floor(frames.length * 0.99)], rows: document.querySelectorAll('[data-row]').length, oldest: Number(document.querySelector('[data-seq]')?.dataset.seq) };
});
console.log('scrolled', { ...seen, tasks: ran.length, over50ms: ran.filter((ms) => ms > 50).length, longest: Math.max(...ran) });

const { channel: other } = await call('POST', '/api/v1/channels', { name: `${username}-other`, kind: 'public' }, token);
const link = (id) => page.locator(`a[href$="/c/${id}"]`).first();
await link(other.id).waitFor();
const held = async () => {
  for (let i = 0; i < 3; i++) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { megabytes: of('JSHeapUsedSize') / 1e6, listeners: of('JSEventListeners'), nodes: of('Nodes') };
};
await devtools.send('Performance.enable');
for (const rounds of [10, 100]) {
  for (let i = 0; i < rounds; i++)
    for (const id of [other.id, channel.id]) {
      await link(id).click();
      await page.waitForURL(`**/c/${id}`);
    }
  await page.locator('.message[data-state=stored]').last().waitFor();
  await page.waitForTimeout(1_000);
  console.log(`held after ${rounds} more mounts`, await held());
}
await browser.close();
