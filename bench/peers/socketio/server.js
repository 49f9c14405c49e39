// A chat server as users of Socket.IO write it: Express for sign-in, a token checked when the socket connects, one INSERT for each message, then an event to the room through the Redis adapter.
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import express from 'express';
import jwt from 'jsonwebtoken';
import pg from 'pg';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const { PORT, DATABASE_URL, REDIS_URL, JWT_SECRET } = process.env;

const db = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });
await db.query(`
  CREATE TABLE IF NOT EXISTS members (channel_id uuid NOT NULL, user_id uuid NOT NULL, PRIMARY KEY (channel_id, user_id));
  CREATE TABLE IF NOT EXISTS messages (
    id bigserial PRIMARY KEY,
    channel_id uuid NOT NULL,
    author_id uuid NOT NULL,
    client_id uuid NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (author_id, client_id));
  CREATE INDEX IF NOT EXISTS messages_of_channel ON messages (channel_id, id);`);

const app = express();
app.use(express.json());
app.get('/health', (request, response) => response.json({ ok: true }));
app.post('/login', (request, response) =>
  response.json({ token: jwt.sign({ sub: request.body.userId }, JWT_SECRET, { expiresIn: '12h' }) }));

const publisher = createClient({ url: REDIS_URL });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const server = createServer(app);
const io = new Server(server, { adapter: createAdapter(publisher, subscriber), serveClient: false });

io.use((socket, next) => {
  try {
    socket.data.userId = jwt.verify(socket.handshake.auth.token, JWT_SECRET).sub;
    next();
  } catch {
    next(new Error('unauthorized'));
  }
});

io.on('connection', (socket) => {
  const { userId } = socket.data;

  // {channels: [{id, after}]}: joins the rooms and answers what came since.
  socket.on('join', async ({ channels }, ack) => {
    try {
      const allowed = await db.query({
        name: 'allowed',
        text: 'SELECT channel_id FROM members WHERE user_id = $1 AND channel_id = ANY($2)',
        values: [userId, channels.map((channel) => channel.id)],
      });
      const rooms = new Set(allowed.rows.map((row) => row.channel_id));
      const missed = [];
      for (const { id, after } of channels) {
        if (!rooms.has(id)) continue;
        await socket.join(id);
        if (after === null) continue;
        const since = await db.query({
          name: 'since',
          text: 'SELECT id, channel_id, author_id, client_id, body, created_at FROM messages WHERE channel_id = $1 AND id > $2 ORDER BY id LIMIT 500',
          values: [id, after],
        });
        missed.push(...since.rows);
      }
      ack({ joined: rooms.size, missed });
    } catch (error) {
      ack({ error: error.message });
    }
  });

  socket.on('send', async ({ channelId, clientId, body }, ack) => {
    try {
      const inserted = await db.query({
        name: 'send',
        text: `INSERT INTO messages (channel_id, author_id, client_id, body)
               SELECT $1, $2, $3, $4 WHERE EXISTS (SELECT 1 FROM members WHERE channel_id = $1 AND user_id = $2)
               RETURNING id, channel_id, author_id, client_id, body, created_at`,
        values: [channelId, userId, clientId, body],
      });
      if (inserted.rows.length === 0) return ack({ error: 'not_a_member' });
      io.to(channelId).emit('message', inserted.rows[0]);
      ack(inserted.rows[0]);
    } catch (error) {
      ack({ error: error.message });
    }
  });
});

server.listen(Number(PORT), '127.0.0.1');
