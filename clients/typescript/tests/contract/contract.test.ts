import { readFileSync, writeFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { ChatApi } from '../../src/api/chatApi.js';
import { Http } from '../../src/api/http.js';
import { systemClock } from '../../src/index.js';
import { closeCodes, hubEvents, hubMethods } from '../../src/protocol/hub.js';
import type { TokenKeeper } from '../../src/tokens/keeper.js';
import { httpTypes, hub, hubTypes, published, source } from './published.js';
import { failures } from './shapes.js';

const document = JSON.parse(source('docs/openapi/merged.json')) as { paths: Record<string, Record<string, unknown>> };

test.each([
  ['openapi.ts', httpTypes],
  ['hub.ts', hubTypes],
])('the types in %s that are compared with are those of the published document (npm run contract)', async (file, types) => {
  const path = new URL(file, import.meta.url);
  const made = `// Made of the published contract by npm run contract.\n${await types()}`;
  if (process.env.CHATGENIUS_UPDATE_SNAPSHOTS === '1') writeFileSync(path, made);
  expect(readFileSync(path, 'utf8')).toBe(made);
});

test('every shape fits the published one', () => expect(failures).toEqual({}));

test('OpenAPI is clean for its linter', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  for (const name of ['merged', 'identity', 'channels', 'messages', 'realtime']) {
    const problems = await lintFromString({ source: source(`docs/openapi/${name}.json`), absoluteRef: `${name}.json`, config });
    expect(problems.map((problem) => `${name}: ${problem.ruleId}: ${problem.message}`)).toEqual([]);
  }
}, 60_000);

test.each(['hub', 'bus'])('AsyncAPI of the %s is valid', async (name) => {
  const { document: parsed, diagnostics } = await new Parser().parse(source(`docs/asyncapi/${name}.json`));
  // 0 is an error and 1 a warning; what is below is advice.
  expect(diagnostics.filter((problem) => problem.severity < 2).map((problem) => `${problem.path.join('.')}: ${problem.message}`)).toEqual([]);
  expect(parsed?.operations().all().length).toBeGreaterThan(0);
}, 60_000);

test('the API has every published call, and no other', async () => {
  const made = new Set<string>();
  const fetch = (url: string, init: RequestInit) => {
    made.add(`${init.method} ${new URL(url).pathname}`);
    return Promise.resolve(new Response('{}'));
  };
  const tokens = { get: () => Promise.resolve('token') } as unknown as TokenKeeper;
  const api = new ChatApi(new Http('http://server', fetch, systemClock), tokens, 1000);
  const calls = Object.entries(api).filter((entry): entry is [string, (...args: unknown[]) => Promise<unknown>] => typeof entry[1] === 'function');
  expect(calls.length).toBeGreaterThan(25);
  // Every argument that stands in a path stands there as itself.
  for (const [name, call] of calls) await call(name === 'usersByIds' ? ['A1'] : 'A1', 'B2', 'C3');
  const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).filter((m) => m !== 'parameters').map((m) => `${m.toUpperCase()} ${path}`));
  const form = (call: string) => call.replace(/\{\w+\}|A1|B2|C3/g, '*').replace('/users/me/channels/*', '/users/*/channels/*');
  // What the token keeper calls, and what only others need.
  const others = ['POST /connect/token', 'POST /connect/revoke', 'GET /connect/userinfo', 'GET /.well-known/openid-configuration', 'GET /.well-known/jwks', 'GET /api/v1/users/me'];
  const known = new Set([...made].map(form));
  expect(described.map(form).filter((call) => !known.has(call) && !others.includes(call))).toEqual([]);
  expect([...known].filter((call) => !described.map(form).includes(call) && !others.includes(call))).toEqual([]);
});

test('the hub has these events, methods and close codes', () => {
  expect([...hubEvents].sort()).toEqual([...published.events].sort());
  expect([...hubMethods].sort()).toEqual([...published.methods].sort());
  expect(Object.fromEntries(hub['x-close-codes'].map(({ name, code }) => [name, code]))).toEqual(closeCodes);
});
