import { readFileSync } from 'node:fs';
import openapi, { astToString } from 'openapi-typescript';

export const source = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

interface Payload {
  readonly properties: Record<string, Schema>;
}
type Schema = Record<string, unknown>;
interface Hub {
  readonly operations: Record<string, { readonly action: 'send' | 'receive' }>;
  readonly components: { readonly messages: Record<string, { readonly payload: Payload }>; readonly schemas: Record<string, Schema> };
  readonly 'x-close-codes': readonly { readonly code: number; readonly name: string }[];
}

/** The hub as published. */
export const hub = JSON.parse(source('docs/asyncapi/hub.json')) as Hub;

const named = (prefix: string) => Object.keys(hub.operations).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));

/** The names of its events and methods. */
export const published = { events: named('on'), methods: named('call') };

const payload = (message: string) => hub.components.messages[message]!.payload.properties;
const argument = (message: string) => (payload(message).arguments as { items: Schema[] }).items[0]!;

/** What the hub says and hears, each by its name, as types. */
export async function hubTypes(): Promise<string> {
  const object = (entries: [string, Schema][]) => ({ type: 'object', required: entries.map(([name]) => name), properties: Object.fromEntries(entries) });
  const schemas = {
    ...hub.components.schemas,
    HubEvents: object(published.events.map((name) => [name, argument(published.methods.includes(name) ? `${name}Seen` : name)])),
    HubArguments: object(published.methods.map((name) => [name, argument(name)])),
    HubResults: object(published.methods.filter((name) => payload(`${name}Answer`).result).map((name) => [name, payload(`${name}Answer`).result!])),
  };
  return astToString(await openapi(JSON.stringify({ openapi: '3.1.0', info: { title: 'hub', version: 'v1' }, paths: {}, components: { schemas } })));
}

/** What is called over HTTP, as types. */
export const httpTypes = async (): Promise<string> => astToString(await openapi(source('docs/openapi/merged.json')));
