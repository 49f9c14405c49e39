import { ChatApiError, ChatClient } from '@chatgenius/client';

const part = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const [signIn, say, messages] = [part<HTMLFormElement>('sign-in'), part<HTMLFormElement>('say'), part<HTMLOListElement>('messages')];
const client = new ChatClient({ address: location.origin });
client.connection.subscribe(() => (part('state').textContent = client.connection.getSnapshot().phase));

async function enter(): Promise<void> {
  await client.start();
  const { items } = await client.api.findChannels('lobby');
  const lobby = items.find((c) => c.name === 'lobby') ?? (await client.commands.createChannel({ kind: 'public', name: 'lobby' }));
  await client.commands.join(lobby.id);
  const timeline = client.timeline(lobby.id);
  const draw = () => messages.replaceChildren(...timeline.getSnapshot().entries.map((entry) => {
    const line = document.createElement('li');
    line.textContent = entry.kind === 'message' ? entry.message.text : `${entry.outgoing.text} (${entry.outgoing.state.kind})`;
    return line;
  }));
  timeline.subscribe(draw);
  say.onsubmit = (event) => (event.preventDefault(), client.outbox.send(lobby.id, { text: String(new FormData(say).get('text')) }), say.reset());
  [signIn.hidden, say.hidden] = [true, false];
}

signIn.onsubmit = async (event) => {
  event.preventDefault();
  const [username, password] = ['username', 'password'].map((name) => String(new FormData(signIn).get(name))) as [string, string];
  await client.register({ username, password }).catch((failure: unknown) => { if (!(failure instanceof ChatApiError && failure.code === 'username_taken')) throw failure; });
  await client.signIn(username, password);
  await enter();
};

if (client.session.getSnapshot().state === 'signedIn') void enter();
