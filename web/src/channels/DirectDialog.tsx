import type { User } from '@chatgenius/client';
import { useState } from 'react';
import { DialogFrame } from '../dialogs/DialogFrame';
import { useDialogs } from '../dialogs/dialogs';
import { complain } from '../dialogs/toasts';
import { PeopleFinder } from '../people/PeopleFinder';
import { openChannel } from '../routing/route';
import { useClient } from '../session/useClient';

/** Opens the conversation with some people. */
export function DirectDialog() {
  const { commands } = useClient();
  const { close } = useDialogs();
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [busy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    commands.openDirect(chosen.map((user) => user.id)).then(
      (channel) => {
        close();
        openChannel(channel.id);
      },
      (failure: unknown) => {
        setBusy(false);
        complain(failure);
      },
    );
  };
  return (
    <DialogFrame title="New message">
      <PeopleFinder chosen={chosen} onChange={setChosen} />
      <footer className="dialog-foot"><span className="muted">{chosen.length > 1 ? 'A conversation with all of them' : 'Choose one person, or several'}</span><button className="primary" disabled={chosen.length === 0 || busy} onClick={start}>Start conversation</button></footer>
    </DialogFrame>
  );
}
