import { describe, expect, it } from 'vitest';
import { completionAt, mentionsIn } from '../src/composing/completion';
import { findEmoji } from '../src/composing/emoji';
import { hueOf, initialsOf } from '../src/people/Avatar';
import { safeAddress } from '../src/reading/markdown';
import { pathOf, routeOf } from '../src/routing/route';
import { rank } from '../src/switcher/rank';
import { findTime } from '../src/timeline/findDay';

const id = '01890000-0000-7000-8000-000000000001';

describe('addresses', () => {
  it('lead to pages and mailboxes only', () => {
    expect(safeAddress('https://example.org/a?b=c')).toBe('https://example.org/a?b=c');
    expect(safeAddress('mailto:ada@example.org')).toBe('mailto:ada@example.org');
    for (const address of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '/relative', '', '//']) expect(safeAddress(address)).toBeNull();
  });

  it('of the page say what is shown, and nothing for nonsense', () => {
    for (const route of [{ channelId: null, panel: null }, { channelId: id, panel: null }, { channelId: id, panel: { kind: 'pins' } }, { channelId: id, panel: { kind: 'thread', messageId: id } }] as const) expect(routeOf(pathOf(route))).toEqual(route);
    expect(routeOf('/c/../../etc')).toEqual({ channelId: null, panel: null });
  });
});

describe('completion', () => {
  it('begins at an @ or a : that begins a word', () => {
    expect(completionAt('hello @gr', 9)).toEqual({ kind: 'person', query: 'gr', from: 6, to: 9 });
    expect(completionAt('so :par', 7)).toEqual({ kind: 'emoji', query: 'par', from: 3, to: 7 });
    expect(completionAt('ada@example', 11)).toBeNull();
    expect(completionAt('at 10:30', 8)).toBeNull();
  });

  it('knows who was mentioned, whatever follows the name', () => {
    const known = new Map([['ada', 'a'], ['bob.k', 'b']]);
    expect(mentionsIn('@Ada, and (@bob.k.) but not x@ada or @adam', known)).toEqual(['a', 'b']);
  });

  it('finds emoji by the beginnings of their names first', () => expect(findEmoji('he').map((e) => e.name)[0]).toMatch(/^he/));
});

describe('people', () => {
  it('have initials and a hue of their own', () => {
    expect(initialsOf('Ada Lovelace')).toBe('AL');
    expect(initialsOf('  ')).toBe('?');
    expect(hueOf(id)).toBe(hueOf(id));
  });
});

describe('switcher', () => {
  it('puts beginnings before middles before scattered letters, and leaves out the rest', () => {
    const choices = ['engineering', 'general', 'green', 'random'].map((words) => ({ words, bonus: 0 }));
    expect(rank(choices, 'ge').map((c) => c.words)).toEqual(['general', 'engineering', 'green']);
    expect(rank(choices, 'rx')).toEqual([]);
    expect(rank(choices, 'en').map((c) => c.words)).toEqual(['engineering', 'general', 'green']);
    expect(rank(choices, '')).toHaveLength(4);
  });
});

describe('dates', () => {
  const at = (seq: number) => new Date(Date.UTC(2026, 0, 1) + seq * 60_000).toISOString();
  const api = (count: number) => ({
    calls: 0,
    history(_: string, place: { after?: number } = {}) {
      this.calls++;
      const seq = place.after === undefined ? count : place.after + 1;
      return Promise.resolve({ items: seq >= 1 && seq <= count ? [{ seq, createdAt: at(seq) }] : [] } as never);
    },
  });

  it('are found by halving', async () => {
    const server = api(50_000);
    expect(await findTime(server, id, Date.parse(at(31_415)))).toBe(31_415);
    expect(server.calls).toBeLessThan(20);
    expect(await findTime(api(50), id, Date.parse(at(99)))).toBe(50);
    expect(await findTime(api(0), id, 0)).toBeNull();
  });
});
