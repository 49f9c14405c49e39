import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { OpeningScreen } from './connection/OpeningScreen';
import { Mishap } from './Mishap';
import { part } from './parts';
import { clients } from './session/clients';
import { SignIn } from './session/SignIn';
import { ClientContext, useClient, useStore } from './session/useClient';

const { Part: Workspace, ahead } = part(() => import('./Workspace'));
if (clients.getSnapshot().session.getSnapshot().state === 'signedIn') ahead();

/** The whole page: signing in, or the workspace of whoever is signed in. */
export function App() {
  const client = useSyncExternalStore(clients.subscribe, clients.getSnapshot);
  return (
    <ClientContext value={client}>
      <Mishap>
        <Session key={useAge(client)} />
      </Mishap>
    </ClientContext>
  );
}

function Session() {
  const client = useClient();
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { networkMode: 'always', refetchOnWindowFocus: false } } }));
  const { state, user } = useStore(client.session);
  useEffect(() => {
    // A session that is over is told by the store.
    if (state === 'signedIn') client.start().catch(() => undefined);
  }, [client, state]);
  return (
    <QueryClientProvider client={queries}>
      <Suspense fallback={<OpeningScreen />}>{state === 'signedIn' ? user ? <Workspace /> : <OpeningScreen /> : <SignIn />}</Suspense>
    </QueryClientProvider>
  );
}

const ages = new WeakMap<object, number>();
let count = 0;

/** A number that differs for each client, so that nothing of one session is drawn in the next. */
function useAge(client: object): number {
  if (!ages.has(client)) ages.set(client, ++count);
  return ages.get(client)!;
}
