// The figures of /api/v1/admin/status, asked for again every two seconds while the page is open. The token is held by this page alone.
const [form, main, when, refused] = ['sign-in', 'figures', 'when', 'refused'].map((id) => document.getElementById(id));
let token = null;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  refused.textContent = '';
  const body = new URLSearchParams(new FormData(form));
  body.set('grant_type', 'password');
  body.set('client_id', 'chatgenius');
  const answer = await fetch('/connect/token', { method: 'POST', body }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (!answer?.ok) return refuse(said?.error_description ?? 'The server does not answer.');
  token = said.access_token;
  form.elements.password.value = '';
  if (await show()) keepShowing();
});

function refuse(why) {
  token = null;
  form.hidden = false;
  main.hidden = true;
  when.textContent = '';
  refused.textContent = why;
}

async function keepShowing() {
  do await new Promise((go) => setTimeout(go, 2000));
  while (token && (await show()));
}

/** False when it is over: the token is of no use any more, or of nobody who may look. */
async function show() {
  const answer = await fetch('/api/v1/admin/status', { headers: { authorization: `Bearer ${token}` } }).catch(() => null);
  if (!answer || answer.status >= 500) {
    when.textContent = 'The server does not answer; trying again.';
    return true;
  }
  if (answer.status === 403) return refuse('This account is no administrator’s.') ?? false;
  if (!answer.ok) return refuse('The session is over. Sign in again.') ?? false;
  draw(await answer.json());
  form.hidden = true;
  main.hidden = false;
  return true;
}

function draw({ at, since, windowSeconds, figures, times, closes }) {
  when.textContent = `as of ${clock(at)}, sums since ${new Date(since).toLocaleString()}`;
  const of = (name, show = (labels) => Object.values(labels).join(', ')) => figures.filter((f) => f.name === `chatgenius.${name}`).map((f) => [show(f.labels), number(f.value)]);
  const spread = (title, name) => [title, times[`chatgenius.${name}`]?.count ? `${ms(times[`chatgenius.${name}`].halfMs)} · ${ms(times[`chatgenius.${name}`].ninetyNineMs)}` : 'none yet'];
  main.replaceChildren(
    section('Connections', of('connections').filter(([, n]) => n !== '0'), 'Nobody is connected.'),
    section(`Times: half · 99 % within (${windowSeconds / 60} minutes)`, [
      spread('commit to socket', 'delivery.duration'), spread('commit', 'messages.commit.duration'), spread('wait for memberships', 'fence.wait.duration'),
      spread('round trip (clients)', 'client.round_trip.duration'), spread('sending to seeing (clients)', 'client.post.duration'), spread('away at a reconnect (clients)', 'client.away.duration'),
    ]),
    section('Parts', of('part.ready').map(([part, ready]) => [part, ready === '1' ? ['good', 'ready'] : ['bad', 'waited for']])),
    section('Behind the owner, in revisions', of('feed.lag', ({ service, owner }) => `${service} behind ${owner}`)),
    section('Waiting', [
      ...of('messages.commit.queue', () => 'commands for a commit'), ...of('feed.deltas.unsent', ({ service }) => `deltas of ${service} for the bus`),
      ...of('connection.queue.total', () => 'deltas for connections'), ...of('connection.queue.longest', () => 'of them, for one connection'),
    ]),
    section('Lost and found', [
      ...of('connection.overflows', ({ transport }) => `queues that overflowed (${transport})`), ...of('feed.gaps', ({ service }) => `gaps at ${service}`), ...of('client.gaps', ({ client }) => `gaps at clients (${client})`),
      ...of('feed.deltas.lost', ({ service }) => `not published by ${service}`), ...of('feed.tails.repaired', ({ service }) => `found by a tick of ${service}`), ...of('feed.compare.failures', ({ service, owner }) => `${service} could not ask ${owner}`),
    ], 'Nothing was lost.'),
    section('What syncs were told', of('sync.feeds')),
    section('Reconnects and fall-backs (clients)', [...of('client.reconnects'), ...of('client.fallbacks')], 'None reported.'),
    section('Tokens', of('token.events', ({ event, code }) => (code === 'none' ? event : `${event}: ${code}`))),
    section('Closed connections, newest first', closes.map(({ at: then, code, transport }) => [`${clock(then)} ${transport}`, code === 'none' ? ['none', 'lost'] : code]), 'None yet.'),
  );
}

function section(title, rows, empty = 'Nothing yet.') {
  const box = element('section', element('h2', title));
  if (rows.length === 0) box.append(element('p', empty, 'none'));
  else box.append(element('table', rows.map(([name, value]) => element('tr', [element('td', name), Array.isArray(value) ? element('td', value[1], value[0]) : element('td', value)]))));
  return box;
}

function element(tag, content, kind = '') {
  const made = document.createElement(tag);
  made.append(...(Array.isArray(content) ? content : [content]));
  if (kind) made.className = kind;
  return made;
}

const clock = (time) => new Date(time).toLocaleTimeString();
const number = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
const ms = (value) => (value < 1000 ? `${value} ms` : `${(value / 1000).toFixed(1)} s`);
