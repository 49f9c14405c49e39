import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChatClient, type TimelineSnapshot } from '../../src/index.js';
import { until } from '../waiting.js';
import { Host } from './host.js';
import { People } from './people.js';
import { Switch } from './switch.js';

let host: Host;
const people = new People(() => host.address);
beforeAll(async () => void (host = await Host.start()));
afterAll(async () => {
  await people.dispose();
  await host.dispose();
});

const idOf = (client: ChatClient) => client.session.getSnapshot().user!.id;
const texts = (t: TimelineSnapshot) => t.entries.map((e) => (e.kind === 'message' ? e.message.text : `${e.outgoing.text}…`));
const live = (client: ChatClient) => until(client.connection, (c) => c.phase === 'live');

/** Two people in a channel of their own, both looking at it. */
async function together(kind: 'public' | 'private', ...options: Parameters<People['join']>[1][]) {
  const [ann, bob] = await Promise.all([people.join('ann', options[0]), people.join('bob', options[1])]);
  const channel = await ann!.commands.createChannel({ kind, name: `talk-${idOf(ann!).slice(-6)}`, memberIds: [idOf(bob!)] });
  const [anns, bobs] = [ann!.timeline(channel.id), bob!.timeline(channel.id)];
  const leave = [anns.subscribe(() => undefined), bobs.subscribe(() => undefined), ann!.sideBar.subscribe(() => undefined), bob!.sideBar.subscribe(() => undefined)];
  await Promise.all([anns, bobs].map((t) => until(t, (s) => s.continuity === 'continued')));
  return { ann: ann!, bob: bob!, channel, anns, bobs, leave: () => leave.forEach((each) => each()) };
}

test('two clients converse; the side bar counts what is unread', async () => {
  const { ann, bob, channel, anns, bobs, leave } = await together('private');
  ann.outbox.send(channel.id, { text: 'Hello, Bob', mentions: [idOf(bob)] });
  await until(bob.sideBar, (s) => s.lines.some((l) => l.channel.id === channel.id && l.unread === 1 && l.mentions === 1));
  bob.outbox.send(channel.id, { text: 'Hello, Ann' });
  const both = await Promise.all([anns, bobs].map((t) => until(t, (s) => s.messages.length === 2 && s.outgoing.length === 0)));
  for (const each of both) expect(texts(each)).toEqual(['Hello, Bob', 'Hello, Ann']);
  await until(bob.sideBar, (s) => s.lines.some((l) => l.channel.id === channel.id && l.unread === 0 && l.mentions === 0));
  await ann.commands.markRead(channel.id, 2);
  await until(ann.sideBar, (s) => s.lines.some((l) => l.channel.id === channel.id && l.unread === 0));
  leave();
});

test('edits, reactions, pins, threads, names, profiles, typing and presence come live', async () => {
  const { ann, bob, channel, bobs, leave } = await together('public');
  ann.outbox.send(channel.id, { text: 'one' });
  const { id } = (await until(bobs, (t) => t.messages.length === 1)).messages[0]!;
  await ann.commands.edit(channel.id, id, 'one, edited');
  await bob.commands.react(channel.id, id, '👍');
  await bob.commands.pin(channel.id, id);
  const entry = (await until(bobs, (t) => t.messages[0]!.text === 'one, edited' && t.messages[0]!.pinned && t.messages[0]!.reactions.length === 1)).entries[0]!;
  expect(entry).toMatchObject({ kind: 'message', mine: ['👍'] });
  const thread = bob.thread(channel.id, id);
  const replied = until(thread, (t) => t.entries.length === 1 && t.root?.replyCount === 1);
  ann.outbox.send(channel.id, { text: 'a reply', threadId: id });
  await replied;
  await ann.commands.changeChannel(channel.id, { topic: 'another topic' });
  await until(bob.members(channel.id), (m) => m.channel?.topic === 'another topic' && m.members.length === 2);
  await until(bob.sideBar, (s) => s.lines.some((l) => l.channel.topic === 'another topic'));
  const profile = bob.profile(idOf(ann));
  await until(profile, (user) => user !== null);
  await ann.commands.changeProfile({ displayName: 'Ann the Second' });
  await until(profile, (user) => user?.displayName === 'Ann the Second');
  const writes = until(bob.typing(channel.id), (ids) => ids.includes(idOf(ann)));
  ann.sayTyping(channel.id);
  await writes;
  const away = until(bob.presence(idOf(ann)), (state) => state === 'away');
  ann.setPresence('away');
  await away;
  leave();
});

test('fifty messages written offline arrive once, in order, after the network is back', async () => {
  const network = new Switch();
  const { ann, channel, anns, bobs, leave } = await together('private', { fetch: network.fetch, surroundings: network, silenceMs: 2_000 });
  network.off();
  await until(ann.connection, (c) => c.phase === 'offline');
  for (let i = 1; i <= 50; i++) ann.outbox.send(channel.id, { text: `${i}` });
  expect(texts(anns.getSnapshot())).toEqual(Array.from({ length: 50 }, (_, i) => `${i + 1}…`));
  network.on();
  const seen = await until(bobs, (t) => t.messages.length === 50, 30_000);
  const own = await until(anns, (t) => t.messages.length === 50 && t.outgoing.length === 0, 30_000);
  for (const each of [seen, own]) expect(texts(each)).toEqual(Array.from({ length: 50 }, (_, i) => `${i + 1}`));
  leave();
});

test('the server is killed and started again: nothing is lost, nothing doubled', async () => {
  const { ann, bob, channel, anns, bobs, leave } = await together('private');
  ann.outbox.send(channel.id, { text: 'before' });
  await until(bobs, (t) => t.messages.length === 1);
  await host.kill();
  await Promise.all([ann, bob].map((client) => until(client.connection, (c) => c.phase === 'offline')));
  ann.outbox.send(channel.id, { text: 'meanwhile' });
  await host.startAgain();
  await Promise.all([anns, bobs].map((t) => until(t, (s) => s.messages.length === 2 && s.outgoing.length === 0, 60_000)));
  await Promise.all([live(ann), live(bob)]);
  expect(texts(bobs.getSnapshot())).toEqual(['before', 'meanwhile']);
  leave();
});

test('whoever is removed hears no more, and everything after coming back', async () => {
  const { ann, bob, channel, anns, bobs, leave } = await together('private');
  ann.outbox.send(channel.id, { text: 'with Bob' });
  await until(bobs, (t) => t.messages.length === 1);
  await ann.commands.removeMember(channel.id, idOf(bob));
  ann.outbox.send(channel.id, { text: 'without Bob' });
  await until(anns, (t) => t.messages.length === 2 && t.outgoing.length === 0);
  await until(bobs, (t) => t.continuity === 'denied');
  await until(bob.sideBar, (s) => s.lines.length === 0 && !s.loading);
  bob.outbox.send(channel.id, { text: 'refused' });
  await until(bob.outbox.messages, (all) => all.some((m) => m.state.kind === 'failed'));
  expect(texts(bobs.getSnapshot())).toEqual(['with Bob', 'refused…']);
  await ann.commands.invite(channel.id, idOf(bob));
  const back = await until(bobs, (t) => t.messages.length === 2 && t.continuity !== 'denied');
  expect(texts(back)).toEqual(['with Bob', 'without Bob', 'refused…']);
  bob.outbox.retry(back.outgoing[0]!.clientId);
  await until(anns, (t) => t.messages.length === 3);
  leave();
});

test('a long history is read page by page, down to the first message', async () => {
  const { ann, bob, channel, leave } = await together('private');
  for (let i = 1; i <= 240; i++) ann.outbox.send(channel.id, { text: `${i}` });
  await until(ann.timeline(channel.id), (t) => t.messages.length === 240 && t.outgoing.length === 0, 40_000);
  const late = await people.join('late');
  await bob.commands.invite(channel.id, idOf(late));
  const timeline = late.timeline(channel.id);
  const stop = timeline.subscribe(() => undefined);
  await until(timeline, (t) => t.lastSeq === 240);
  while (timeline.getSnapshot().hasOlder) expect(await timeline.loadOlder()).toBe(true);
  expect(texts(timeline.getSnapshot())).toEqual(Array.from({ length: 240 }, (_, i) => `${i + 1}`));
  stop();
  leave();
});

test('signing out ends it', async () => {
  const carl = await people.join('carl');
  await live(carl);
  await carl.signOut();
  expect((await until(carl.connection, (c) => c.phase === 'ended')).cause).toBe('signedOut');
  await expect(carl.api.me()).rejects.toThrow();
});
