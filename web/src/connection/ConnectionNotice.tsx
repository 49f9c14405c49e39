import type { ConnectionState } from '@chatgenius/client';
import { useEffect, useState } from 'react';
import { useClient, useStore } from '../session/useClient';
import './connection.css';

/** The connection in words, where there is something to say. */
export function ConnectionNotice() {
  const client = useClient();
  const state = useStore(client.connection);
  const words = wordsOf(state);
  const [shown, setShown] = useState('');
  useEffect(() => {
    // What mends itself within a moment need not be said.
    const timer = setTimeout(() => setShown(words), words === '' ? 0 : state.cause === 'deviceOffline' ? 100 : 900);
    return () => clearTimeout(timer);
  }, [words, state.cause]);
  return (
    <div className="connection" role="status" aria-live="polite" data-phase={state.phase}>
      {shown && <p><span className="dot" aria-hidden="true" />{shown}</p>}
    </div>
  );
}

function wordsOf({ phase, cause, failures }: ConnectionState): string {
  if (phase === 'live' || phase === 'ended' || phase === 'idle') return '';
  if (phase === 'catchingUp') return 'Catching up…';
  if (cause === 'deviceOffline') return 'You are offline. What you write is kept and sent when you are back.';
  if (failures === 0 && cause === null) return 'Connecting…';
  if (cause === 'draining' || cause === 'unavailable') return 'The server is restarting. Your messages are kept.';
  return 'Reconnecting… your messages are kept.';
}
