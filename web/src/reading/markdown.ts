import MarkdownIt, { type Token } from 'markdown-it';

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false, maxNesting: 20 });
// A message loads nothing from anywhere: a picture is the link that it is.
parser.disable(['image', 'reference']);

const parsed = new WeakMap<object, readonly Token[]>();

/** The text taken apart; once for each owner of a text. */
export function tokensOf(owner: object, text: string): readonly Token[] {
  let tokens = parsed.get(owner);
  if (!tokens) parsed.set(owner, (tokens = parser.parse(text, {})));
  return tokens;
}

/** The address where a link may lead: to pages and mailboxes, else nowhere. Pure. */
export function safeAddress(address: string): string | null {
  try {
    const url = new URL(address);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
