import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';
import { expect, test } from 'vitest';
import { ChatApi } from '../../src/api/chatApi.js';
import { Http } from '../../src/api/http.js';
import { systemClock } from '../../src/index.js';
import { closeCodes, hubEvents, hubMethods } from '../../src/protocol/hub.js';
import type { TokenKeeper } from '../../src/tokens/keeper.js';
import { failures } from './shapes.js';

const source = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const document = JSON.parse(source('docs/openapi/merged.json')) as { paths: Record<string, Record<string, unknown>> };

test('the types that are compared with are those of the published document (npm run contract)', async () => {
  const ast = await openapi(new URL('../../../../docs/openapi/merged.json', import.meta.url));
  const header = readFileSync(fileURLToPath(new URL('openapi.ts', import.meta.url)), 'utf8').split('\n');
  const body = (text: string) => text.slice(text.indexOf('export interface paths'));
  expect(body(header.join('\n')).trim()).toBe(body(astToString(ast)).trim());
});

test('every shape fits the published one', () => expect(failures).toEqual({}));

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
  const published = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).filter((m) => m !== 'parameters').map((m) => `${m.toUpperCase()} ${path}`));
  const form = (call: string) => call.replace(/\{\w+\}|A1|B2|C3/g, '*').replace('/users/me/channels/*', '/users/*/channels/*');
  const others = ['POST /connect/token', 'GET /connect/userinfo', 'GET /api/v1/users/me'];
  const known = new Set([...made].map(form));
  expect(published.map(form).filter((call) => !known.has(call) && !others.includes(call))).toEqual([]);
  expect([...known].filter((call) => !published.map(form).includes(call) && !others.includes(call))).toEqual([]);
});

test('the hub has these events, methods and close codes', () => {
  const names = (file: string) => [...source(`common/contracts/Realtime/${file}`).matchAll(/^ {4}Task(?:<\w+>)? (\w+)\(/gm)].map((match) => match[1]);
  expect([...hubEvents].sort()).toEqual(names('IChatClient.cs').sort());
  expect([...hubMethods].sort()).toEqual(names('IChatHub.cs').sort());
  const codes = [...source('common/contracts/Realtime/HubEvents.cs').matchAll(/const int (\w+) = (\d+);/g)].map(([, name, code]) => [name![0]!.toLowerCase() + name!.slice(1), Number(code)]);
  expect(Object.fromEntries(codes)).toEqual(closeCodes);
});

test('what the hub says and hears has these fields', () => {
  const fields = (record: string) => {
    const body = new RegExp(`record ${record}\\b[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(source('common/contracts/Realtime/HubEvents.cs'))?.[1] ?? '';
    return [...body.matchAll(/public (?:required )?[\w<>?, ]+ (\w+) \{ get; init; \}/g)].map((match) => match[1]![0]!.toLowerCase() + match[1]!.slice(1)).sort();
  };
  const here = source('clients/typescript/src/protocol/hub.ts');
  const mine = (type: string) => [...(new RegExp(`interface ${type} \\{([\\s\\S]*?)\\n\\}`).exec(here)?.[1] ?? '').matchAll(/readonly (\w+)\??:/g)].map((match) => match[1]).sort();
  const types = ['TypingSeen', 'PresenceSeen', 'TokenExpiring', 'TokenRenewed', 'ConnectionQuality', 'ConnectionClosing'];
  for (const type of types) expect([type, mine(type)]).toEqual([type, fields(type)]);
  for (const type of types) expect(fields(type).length).toBeGreaterThan(0);
});
