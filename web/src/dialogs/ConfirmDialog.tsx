import { useState } from 'react';
import { DialogFrame } from './DialogFrame';
import { useDialogs } from './dialogs';
import { complain } from './toasts';

interface ConfirmDialogProps {
  title: string;
  text: string;
  action: string;
  run: () => Promise<unknown>;
}

export function ConfirmDialog({ title, text, action, run }: ConfirmDialogProps) {
  const { close } = useDialogs();
  const [busy, setBusy] = useState(false);
  const go = () => {
    setBusy(true);
    run().catch(complain).finally(close);
  };
  return (
    <DialogFrame title={title}>
      <div className="dialog-form">
        <p className="muted">{text}</p>
        <div className="actions"><button className="secondary" onClick={close}>Cancel</button><button className="danger" disabled={busy} onClick={go}>{action}</button></div>
      </div>
    </DialogFrame>
  );
}
