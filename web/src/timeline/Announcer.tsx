import { useEffect, useRef, useState } from 'react';
import { useProfile } from '../session/useClient';
import type { Row } from './rows';

/** Tells people who listen to the page what others write, one message at a time. */
export function Announcer({ rows, me }: { rows: readonly Row[]; me: string }) {
  const last = rows.at(-1)?.entry;
  const message = last?.kind === 'message' ? last.message : null;
  const seen = useRef(message?.seq ?? 0);
  const [said, setSaid] = useState<{ readonly authorId: string; readonly text: string } | null>(null);
  useEffect(() => {
    if (!message || message.seq <= seen.current) return;
    const isFirst = seen.current === 0;
    seen.current = message.seq;
    if (!isFirst && message.authorId !== me && message.text) setSaid({ authorId: message.authorId, text: message.text.slice(0, 300) });
  }, [message, me]);
  return <div className="unseen" aria-live="polite">{said && <Said {...said} />}</div>;
}

function Said({ authorId, text }: { authorId: string; text: string }) {
  const user = useProfile(authorId);
  return <>{user ? user.displayName || user.username : 'Someone'}: {text}</>;
}
