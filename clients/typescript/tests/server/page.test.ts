import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from 'vite';
import { Host } from './host.js';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const dist = mkdtempSync(join(tmpdir(), 'chatgenius-page-'));

let host: Host;
let browser: Browser;

beforeAll(async () => {
  const page = path('../../../../examples/page');
  await build({ root: page, configFile: false, logLevel: 'error', build: { outDir: dist, emptyOutDir: true }, resolve: { alias: { '@chatgenius/client': path('../../src/index.ts') } } });
  host = await Host.start({ ChatGenius__WebPath: dist });
  const executablePath = process.env['CHATGENIUS_TEST_CHROMIUM'] ?? places.find((each) => existsSync(each));
  if (!executablePath) throw new Error('Chromium is needed: install it (Debian: apt-get install chromium) or set CHATGENIUS_TEST_CHROMIUM.');
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
});

afterAll(async () => {
  await browser?.close();
  await host?.dispose();
  rmSync(dist, { recursive: true, force: true });
});

async function comeIn(name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(host.address);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.locator('#state', { hasText: 'live' }).waitFor();
  await page.getByLabel('Message').waitFor();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

const lines = (page: Page) => page.locator('#messages li').allTextContents();

test('the example page: two people talk, and a message that waits survives a reload', async () => {
  const ann = await comeIn('ann');
  const bob = await comeIn('bob');
  await say(ann, 'Hello, Bob');
  await bob.getByText('Hello, Bob').waitFor();
  await say(bob, 'Hello, Ann');
  await ann.getByText('Hello, Ann').waitFor();

  await ann.route('**/messages', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await say(ann, 'wait for me');
  await ann.getByText('wait for me (pending)').waitFor();
  await ann.reload();
  await ann.getByText('wait for me (pending)').waitFor();
  expect(await lines(bob)).toEqual(['Hello, Bob', 'Hello, Ann']);
  await ann.unroute('**/messages');
  await bob.getByText('wait for me').waitFor();
  await expect.poll(() => lines(ann)).toEqual(['Hello, Bob', 'Hello, Ann', 'wait for me']);
  expect(await lines(bob)).toEqual(await lines(ann));
});

test('two tabs share one session: signing out in one ends it in both', async () => {
  const one = await comeIn('carl');
  const two = await one.context().newPage();
  await two.goto(host.address);
  await two.locator('#state', { hasText: 'live' }).waitFor();
  await one.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.endsWith(':tokens')) localStorage.removeItem(key);
  });
  await two.locator('#state', { hasText: 'ended' }).waitFor();
});
