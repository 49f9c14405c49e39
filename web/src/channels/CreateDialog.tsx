import { useState, type FormEvent } from 'react';
import { DialogFrame } from '../dialogs/DialogFrame';
import { useDialogs } from '../dialogs/dialogs';
import { Icon } from '../look/icons';
import { openChannel } from '../routing/route';
import { wordsFor } from '../session/failures';
import { useClient } from '../session/useClient';

export function CreateDialog() {
  const { commands } = useClient();
  const { close } = useDialogs();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, topic] = [String(form.get('name')).trim(), String(form.get('topic')).trim()];
    setBusy(true);
    try {
      const channel = await commands.createChannel({ name, kind: form.get('kind') === 'private' ? 'private' : 'public', ...(topic ? { topic } : {}) });
      close();
      openChannel(channel.id);
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  return (
    <DialogFrame title="Create a channel">
      <form className="dialog-form" onSubmit={(event) => void submit(event)}>
        <label className="field">Name<input name="name" required maxLength={80} placeholder="for example: launch" autoComplete="off" /></label>
        <label className="field"><span>Topic <em>optional</em></span><input name="topic" maxLength={250} placeholder="What is talked about here" autoComplete="off" /></label>
        <fieldset className="kinds">
          <label><input type="radio" name="kind" value="public" defaultChecked /><span><Icon name="hash" size={16} />Public</span><small>Anyone here can find and join it.</small></label>
          <label><input type="radio" name="kind" value="private" /><span><Icon name="lock" size={16} />Private</span><small>Only people who are invited see it.</small></label>
        </fieldset>
        {failure !== null && <p className="problem" role="alert">{wordsFor(failure)}</p>}
        <div className="actions"><button type="button" className="secondary" onClick={close}>Cancel</button><button className="primary" disabled={busy}>Create channel</button></div>
      </form>
    </DialogFrame>
  );
}
