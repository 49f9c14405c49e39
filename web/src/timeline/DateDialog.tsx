import { useState, type FormEvent } from 'react';
import { DialogFrame } from '../dialogs/DialogFrame';
import { useDialogs } from '../dialogs/dialogs';
import { wordsFor } from '../session/failures';
import { useClient } from '../session/useClient';
import { findTime } from './findDay';

const asDay = (date: Date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

export function DateDialog({ channelId, onVisit }: { channelId: string; onVisit: (seq: number) => void }) {
  const { api } = useClient();
  const { close } = useDialogs();
  const [day, setDay] = useState(() => asDay(new Date()));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const seq = await findTime(api, channelId, new Date(`${day}T00:00`).getTime());
      close();
      if (seq !== null) onVisit(seq);
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  return (
    <DialogFrame title="Jump to date">
      <form className="dialog-form" onSubmit={(event) => void submit(event)}>
        <label className="field">Day<input type="date" required max={asDay(new Date())} value={day} onChange={(event) => setDay(event.target.value)} /></label>
        {failure !== null && <p className="problem" role="alert">{wordsFor(failure)}</p>}
        <div className="actions"><button type="button" className="secondary" onClick={close}>Cancel</button><button className="primary" disabled={busy || !day}>{busy ? 'Looking…' : 'Jump'}</button></div>
      </form>
    </DialogFrame>
  );
}
