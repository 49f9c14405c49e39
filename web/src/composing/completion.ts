/** What is being completed: the text between `from` and `to`. */
export interface Completion {
  readonly kind: 'person' | 'emoji';
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

/** What could be completed at the caret; null where nothing could. Pure. */
export function completionAt(text: string, caret: number): Completion | null {
  const person = /(?:^|[\s(])@([\w.+-]{0,40})$/u.exec(text.slice(0, caret));
  if (person) return { kind: 'person', query: person[1]!, from: caret - person[1]!.length - 1, to: caret };
  const emoji = /(?:^|\s):([a-z_]{2,30})$/i.exec(text.slice(0, caret));
  if (emoji) return { kind: 'emoji', query: emoji[1]!.toLowerCase(), from: caret - emoji[1]!.length - 1, to: caret };
  return null;
}

const atMost = 50;

/** The ids of those who are mentioned: words that begin with `@` and name somebody known (by username in lower case). Pure. */
export function mentionsIn(text: string, known: ReadonlyMap<string, string>): readonly string[] {
  const ids = new Set<string>();
  for (const [, word] of text.matchAll(/(?:^|[^\w@])@([\w.@+-]+)/gu)) {
    for (let end = word!.length; end > 0; end--) {
      const id = known.get(word!.slice(0, end).toLowerCase());
      if (id) ids.add(id);
      if (id || /\w/.test(word![end - 1]!)) break;
    }
  }
  return [...ids].slice(0, atMost);
}
