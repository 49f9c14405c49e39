import { useState, type FormEvent } from 'react';
import { DialogFrame } from '../dialogs/DialogFrame';
import { useDialogs } from '../dialogs/dialogs';
import { Avatar } from '../people/Avatar';
import { wordsFor } from '../session/failures';
import { useClient, useMe } from '../session/useClient';

export function ProfileDialog() {
  const [client, me] = [useClient(), useMe()];
  const { close } = useDialogs();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await client.commands.changeProfile({ displayName: String(form.get('displayName')).trim(), statusText: String(form.get('statusText')).trim() });
      close();
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  return (
    <DialogFrame title="Your profile">
      <form className="dialog-form" onSubmit={(event) => void submit(event)}>
        <div className="member"><Avatar userId={me.id} size={52} presence /><span className="grow"><strong>@{me.username}</strong><small className="muted">Your username does not change.</small></span></div>
        <label className="field">Display name<input name="displayName" defaultValue={me.displayName} maxLength={80} autoComplete="name" /></label>
        <label className="field"><span>Status <em>optional</em></span><input name="statusText" defaultValue={me.statusText} maxLength={100} placeholder="In a workshop until Friday" autoComplete="off" /></label>
        {failure !== null && <p className="problem" role="alert">{wordsFor(failure)}</p>}
        <div className="actions"><button type="button" className="secondary" onClick={close}>Cancel</button><button className="primary" disabled={busy}>Save</button></div>
      </form>
    </DialogFrame>
  );
}
