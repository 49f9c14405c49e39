import { useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { Logo } from '../look/icons';
import { clients } from './clients';
import { wordsFor } from './failures';
import { useClient } from './useClient';
import './signIn.css';

const knownKey = 'chatgenius:known';

/** Signing in and registering. Whoever was never here before is led to registering. */
export function SignIn() {
  const client = useClient();
  const { data: config } = useQuery({ queryKey: ['config'], queryFn: () => client.api.config(), staleTime: 60_000, retry: 5 });
  const [registers, setRegisters] = useState(() => localStorage.getItem(knownKey) === null && clients.lastEnd === null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const failureId = useId();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [username, password, displayName] = ['username', 'password', 'displayName'].map((name) => String(form.get(name) ?? '')) as [string, string, string];
    setBusy(true);
    setFailure(null);
    try {
      if (registers) await client.register({ username: username.trim(), password, ...(displayName.trim() ? { displayName: displayName.trim() } : {}) });
      await client.signIn(username.trim(), password);
      localStorage.setItem(knownKey, '1');
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };

  const turn = () => {
    setRegisters(!registers);
    setFailure(null);
  };

  return (
    <main className="sign-in">
      <form onSubmit={submit} aria-describedby={failure ? failureId : undefined}>
        <Logo size={44} />
        <h1>{registers ? 'Create your account' : 'Welcome back'}</h1>
        <p className="muted">{registers ? 'One account, and you are in the conversation.' : `Sign in to ${location.host}`}</p>
        {clients.lastEnd === 'sessionEnded' && !failure && <p className="notice" role="status">Your session has ended. Please sign in again.</p>}
        {registers && config?.registration === 'closed' && <p className="notice" role="status">Registration is closed here. Ask an administrator for an account; only the very first account of a new server can still be made.</p>}
        {registers && (
          <label>
            <span>Your name <em>optional</em></span>
            <input name="displayName" autoComplete="name" maxLength={config?.limits.displayName ?? 80} placeholder="Ada Lovelace" autoFocus />
          </label>
        )}
        <label>
          <span>Username</span>
          <input key={registers ? 'register' : 'sign-in'} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={64} pattern="[A-Za-z0-9._@+\-]+" title="Letters, digits and . _ - @ +" placeholder="ada" autoFocus={!registers} />
        </label>
        <label>
          <span>Password {registers && <em>8 characters or more</em>}</span>
          <input name="password" type="password" autoComplete={registers ? 'new-password' : 'current-password'} required minLength={registers ? (config?.limits.passwordMin ?? 8) : 1} maxLength={128} />
        </label>
        {failure !== null && <p id={failureId} className="problem" role="alert">{wordsFor(failure)}</p>}
        <button className="primary wide" disabled={busy}>{busy ? 'One moment…' : registers ? 'Create account' : 'Sign in'}</button>
        <p className="muted turn">
          {registers ? 'Already have an account?' : 'New here?'} <button type="button" className="link" onClick={turn}>{registers ? 'Sign in' : 'Create an account'}</button>
        </p>
      </form>
    </main>
  );
}
