import { expect, test } from 'vitest';
import type { OutgoingMessage } from '../../src/index.js';
import { unseen } from '../../src/store/entries.js';
import { channel, message } from '../feeds/history.js';
import { me } from '../playedServer.js';

test('what waits is not shown beside itself, however far back a page of history brought it', () => {
  const clientId = '01920000-0000-7000-8000-0000000000aa';
  const waiting = { channelId: channel, authorId: me, clientId, text: 'mine', state: { kind: 'pending' } } as unknown as OutgoingMessage;
  const held = Array.from({ length: 1_000 }, (_, i) => (i === 0 ? message(1, 1, { authorId: me, clientId }) : message(i + 1, i + 1)));
  expect(unseen([waiting], held)).toEqual([]);
  expect(unseen([waiting], held.slice(1))).toEqual([waiting]);
});
