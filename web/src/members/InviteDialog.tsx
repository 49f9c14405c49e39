import type { Channel, User } from '@chatgenius/client';
import { useState } from 'react';
import { DialogFrame } from '../dialogs/DialogFrame';
import { useDialogs } from '../dialogs/dialogs';
import { complain, say } from '../dialogs/toasts';
import { PeopleFinder } from '../people/PeopleFinder';
import { useClient, useStore } from '../session/useClient';

export function InviteDialog({ channel }: { channel: Channel }) {
  const client = useClient();
  const { close } = useDialogs();
  const { members } = useStore(client.members(channel.id));
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [busy, setBusy] = useState(false);
  const invite = async () => {
    setBusy(true);
    try {
      for (const user of chosen) await client.commands.invite(channel.id, user.id);
      say(chosen.length === 1 ? 'Invited.' : `${chosen.length} people invited.`);
      close();
    } catch (failure) {
      setBusy(false);
      complain(failure);
    }
  };
  return (
    <DialogFrame title={`Invite people to #${channel.name}`}>
      <PeopleFinder chosen={chosen} onChange={setChosen} tagOf={(user) => (members.some((member) => member.userId === user.id) ? 'Is in it' : null)} />
      <footer className="dialog-foot"><span className="muted">They see everything that was said before.</span><button className="primary" disabled={chosen.length === 0 || busy} onClick={() => void invite()}>Invite</button></footer>
    </DialogFrame>
  );
}
