import { createElement, Fragment, memo, useState, type ReactNode } from 'react';
import { Mention } from '../people/Mention';
import { useMentioned } from '../people/useMentioned';
import { safeAddress, tokensOf } from './markdown';
import './reading.css';

type Token = ReturnType<typeof tokensOf>[number];
type Mentioned = ReadonlyMap<string, string>;

interface MessageTextProps {
  /** What the text belongs to; the text of one owner never changes. */
  owner: object;
  text: string;
  mentions: readonly string[];
}

const foldedFrom = { characters: 1_800, lines: 28 };

/** A message's text as elements: no HTML of anyone is ever parsed, and links lead only to pages and mailboxes. */
export const MessageText = memo(function MessageText({ owner, text, mentions }: MessageTextProps) {
  const mentioned = useMentioned(mentions);
  const long = text.length > foldedFrom.characters || text.split('\n', foldedFrom.lines + 1).length > foldedFrom.lines;
  const [whole, setWhole] = useState(false);
  return (
    <>
      <div className={`text${long && !whole ? ' folded' : ''}${isOnlyEmoji(text) ? ' big' : ''}`} dir="auto">{elementsOf(tokensOf(owner, text), mentioned)}</div>
      {long && <button className="link fold-text" onClick={() => setWhole(!whole)}>{whole ? 'Show less' : 'Show all'}</button>}
    </>
  );
});

const isOnlyEmoji = (text: string) => text.length <= 24 && /^(?:\p{Extended_Pictographic}(?:\u{fe0f}|\u{200d}\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s*){1,3}$/u.test(text.trim());

const plain = new Set(['p', 'strong', 'em', 's', 'ul', 'li', 'blockquote', 'thead', 'tbody', 'tr', 'th', 'td']);

interface Open {
  readonly token: Token | null;
  readonly children: ReactNode[];
}

/** Elements for tokens. A tag that is not known is left out, and what stands in it stays. Pure. */
function elementsOf(tokens: readonly Token[], mentioned: Mentioned): ReactNode[] {
  const stack: Open[] = [{ token: null, children: [] }];
  tokens.forEach((token, i) => {
    if (token.nesting === 1) return void stack.push({ token, children: [] });
    const top = stack.at(-1)!;
    if (token.nesting === -1 && stack.length > 1) {
      stack.pop();
      stack.at(-1)!.children.push(elementOf(top.token!, top.children, i));
    } else top.children.push(leafOf(token, i, mentioned));
  });
  return stack[0]!.children;
}

function elementOf(token: Token, children: ReactNode[], key: number): ReactNode {
  const { tag } = token;
  if (tag === 'p' && token.hidden) return <Fragment key={key}>{children}</Fragment>;
  if (plain.has(tag)) return createElement(tag, { key }, ...children);
  if (tag === 'ol') return <ol key={key} start={Number(token.attrGet('start') ?? 1)}>{children}</ol>;
  if (tag === 'table') return <div key={key} className="table"><table>{children}</table></div>;
  if (/^h[1-6]$/.test(tag)) return <p key={key} className={`heading ${tag}`}>{children}</p>;
  const address = tag === 'a' ? safeAddress(String(token.attrGet('href') ?? '')) : null;
  if (address) return <a key={key} href={address} target="_blank" rel="noopener noreferrer nofollow ugc">{children}</a>;
  return <Fragment key={key}>{children}</Fragment>;
}

function leafOf(token: Token, key: number, mentioned: Mentioned): ReactNode {
  switch (token.type) {
    case 'inline':
      return <Fragment key={key}>{elementsOf(token.children ?? [], mentioned)}</Fragment>;
    case 'softbreak':
    case 'hardbreak':
      return <br key={key} />;
    case 'hr':
      return <hr key={key} />;
    case 'code_inline':
      return <code key={key}>{token.content}</code>;
    case 'fence':
    case 'code_block':
      return <pre key={key} tabIndex={0}><code>{token.content.replace(/\n$/, '')}</code></pre>;
    default:
      return <Fragment key={key}>{withMentions(token.content, mentioned)}</Fragment>;
  }
}

/** Mentions stand out; an `@` before anything else is an `@`. */
function withMentions(text: string, mentioned: Mentioned): ReactNode {
  if (mentioned.size === 0 || !text.includes('@')) return text;
  return text.split(/(@[\w.@+-]+)/u).map((part, i) => {
    if (i % 2 === 0) return part;
    for (let end = part.length; end > 1; end--) {
      const userId = mentioned.get(part.slice(1, end).toLowerCase());
      if (userId) return <Fragment key={i}><Mention userId={userId} />{part.slice(end)}</Fragment>;
      if (/\w/.test(part[end - 1]!)) break;
    }
    return part;
  });
}
