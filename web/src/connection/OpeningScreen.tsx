import { useEffect, useState } from 'react';
import { Logo } from '../look/icons';
import { useClient, usePart } from '../session/useClient';
import './connection.css';

/** Until it is known who is here. */
export function OpeningScreen() {
  const client = useClient();
  const offline = usePart(client.connection, ({ phase }) => phase === 'offline');
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 600);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="opening" aria-busy="true">
      <Logo size={52} />
      <p role="status">{!late ? '' : offline ? 'The server cannot be reached. ChatGenius opens as soon as it answers.' : 'Opening your conversations…'}</p>
    </main>
  );
}
