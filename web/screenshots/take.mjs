// Makes a picture of each main screen, light and dark, wide and phone, of a host that was started with --seed.
//   npm run screenshots [-- http://127.0.0.1:8080]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const address = process.argv[2] ?? 'http://127.0.0.1:8080';
const folder = fileURLToPath(new URL('../../artifacts/screenshots/', import.meta.url));
const sizes = { wide: { width: 1360, height: 850 }, phone: { width: 390, height: 844 } };
const account = { username: 'ada', password: 'demo demo demo' };

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHATGENIUS_TEST_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const theme of ['light', 'dark']) for (const size of Object.keys(sizes)) await takeAll(theme, size);
await browser.close();
console.log(`The pictures are in ${folder}`);

async function takeAll(theme, size) {
  const phone = size === 'phone';
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: theme, locale: 'en-GB', hasTouch: phone, isMobile: phone });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(error));
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  const picture = async (name) => {
    await page.waitForTimeout(350);
    await page.screenshot({ path: `${folder}${name}-${theme}-${size}.png` });
  };
  const open = async (channel) => {
    if (phone && (await page.getByLabel('Back to channels').isVisible())) await page.getByLabel('Back to channels').click();
    await page.locator('.side-line', { hasText: channel }).first().click();
    await page.locator('.message[data-state=stored]').last().waitFor();
  };
  const close = () => page.keyboard.press('Escape');

  await page.goto(address);
  await page.getByRole('button', { name: 'Create account' }).waitFor();
  await picture('register');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[name=username]').fill(account.username);
  await page.locator('[name=password]').fill(account.password);
  await picture('sign-in');
  await page.keyboard.press('Enter');
  await page.locator('.side-line', { hasText: 'engineering' }).waitFor();
  await picture('side-bar');
  await open('engineering');
  await picture('channel');
  await page.locator('.replies').last().click();
  await page.locator('.thread .message').nth(1).waitFor();
  await picture('thread');
  await close();
  await open('general');
  await page.getByLabel(/^Members/).click();
  await page.locator('.member').nth(3).waitFor();
  await picture('members');
  await close();
  await page.getByLabel('Pinned messages').click();
  await picture('pins');
  await close();
  await page.getByLabel(/^About/).click();
  await picture('details');
  await close();
  const field = page.locator('.conversation .composer textarea');
  await field.fill('');
  await field.pressSequentially('Good idea, @');
  await page.locator('.completions li').first().waitFor();
  await picture('mention');
  await field.fill('');
  await page.keyboard.press('Control+k');
  await page.locator('dialog input').waitFor();
  await page.keyboard.type('gra');
  await page.locator('dialog [role=option]').first().waitFor();
  await picture('switcher');
  await close();
  await open('Mira');
  await picture('direct');
  await page.locator('.message').last().hover();
  if (phone) await page.locator('.message').last().tap();
  await page.locator('.tools:visible').last().getByLabel('Add a reaction').click();
  await page.locator('.emoji-grid button').first().waitFor();
  await picture('emoji');
  await close();
  if (phone) await page.getByLabel('Back to channels').click();
  await page.locator('.side').getByText('Browse channels').click();
  await page.locator('dialog [role=option]').nth(2).waitFor();
  await picture('browse');
  await close();
  await page.getByLabel('Create a channel').click();
  await picture('create');
  await close();
  await page.getByLabel('Your account').click();
  await picture('menu');
  await close();
  await open('random');
  await context.setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await field.fill('Written in a tunnel');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1_200);
  await picture('offline');
  await context.close();
}
