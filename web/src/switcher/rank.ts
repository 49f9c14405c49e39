interface Ranked {
  readonly words: string;
  /** What speaks for it beside its words. */
  readonly bonus: number;
}

/** What fits a query, the best first: beginnings before middles before scattered letters. With no query, everything by its bonus. Pure. */
export function rank<T extends Ranked>(choices: readonly T[], query: string): readonly T[] {
  return choices
    .map((choice, i) => ({ choice, i, score: scoreOf(choice.words.toLowerCase(), query.toLowerCase()) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score + b.choice.bonus - a.score - a.choice.bonus || a.i - b.i)
    .map(({ choice }) => choice);
}

function scoreOf(words: string, query: string): number {
  if (query === '') return 1;
  if (words.startsWith(query)) return 12;
  if (words.split(/[\s._-]+/).some((word) => word.startsWith(query))) return 9;
  if (words.includes(query)) return 6;
  let at = -1;
  for (const letter of query) if ((at = words.indexOf(letter, at + 1)) < 0) return 0;
  return 2;
}
