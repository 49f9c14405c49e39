import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from '../session/useClient';
import type { Completion } from './completion';
import { findEmoji } from './emoji';

export interface Option {
  readonly id: string;
  /** Who it is; null for an emoji. */
  readonly userId: string | null;
  readonly insert: string;
  readonly hint: string;
}

interface Completions {
  readonly options: readonly Option[];
  readonly active: number;
  move(step: number): void;
  /** Everyone who was offered so far, by username in lower case. */
  readonly known: ReadonlyMap<string, string>;
}

const none: readonly Option[] = [];

export function useCompletions(asked: Completion | null): Completions {
  const client = useClient();
  const [active, setActive] = useState(0);
  const known = useRef(new Map<string, string>()).current;
  const person = asked?.kind === 'person' ? asked.query : null;
  const { data: people } = useQuery({
    queryKey: ['people', person],
    queryFn: async () => (await client.api.findUsers(person ?? '', { limit: 8 })).items,
    enabled: person !== null,
    staleTime: 30_000,
    retry: false,
    placeholderData: (before) => before,
  });
  for (const user of people ?? []) known.set(user.username.toLowerCase(), user.id);

  const options = useMemo<readonly Option[]>(() => {
    if (!asked) return none;
    if (asked.kind === 'emoji') return findEmoji(asked.query).slice(0, 8).map(({ emoji, name }) => ({ id: emoji, userId: null, insert: emoji, hint: name }));
    return (people ?? []).filter((user) => user.active && fits(asked.query, user.username, user.displayName)).map((user) => ({ id: user.id, userId: user.id, insert: `@${user.username}`, hint: user.username }));
  }, [asked, people]);

  useEffect(() => setActive(0), [asked?.query, asked?.kind]);
  return { options, active: Math.min(active, Math.max(0, options.length - 1)), move: (step) => setActive((at) => (at + step + options.length) % options.length), known };
}

// While an answer is under way the last one is shown, as far as it still fits.
const fits = (query: string, ...names: readonly string[]): boolean => names.some((name) => name.toLowerCase().includes(query.toLowerCase()));
