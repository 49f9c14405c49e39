import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { causes } from '../../src/index.js';

test('the README has a line for each cause, with the treatment that it gets', () => {
  const lines = [...readFileSync(new URL('../../README.md', import.meta.url), 'utf8').matchAll(/^\| `(\w+)` \| (.+) \| (.+) \|$/gm)].map(([, cause, , then]) => [cause, then!.startsWith('over')]);
  expect(Object.fromEntries(lines.filter(([cause]) => String(cause) in causes))).toEqual(Object.fromEntries(Object.entries(causes).map(([cause, { comesBack }]) => [cause, !comesBack])));
});
