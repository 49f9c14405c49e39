import { useState } from 'react';
import { PanelFrame } from '../channels/PanelFrame';
import { Icon } from '../look/icons';
import { Avatar, Name } from '../people/Avatar';
import { MessageText } from '../reading/MessageText';
import { useClient, useStore } from '../session/useClient';
import { longTime } from '../timeline/times';
import './pins.css';

const pagesAtOnce = 5;

/** Pinned messages among those that are held; older ones are looked for on demand. */
export function PinsPanel({ channelId, onVisit }: { channelId: string; onVisit: (seq: number) => void }) {
  const client = useClient();
  const timeline = client.timeline(channelId);
  const { messages, hasOlder } = useStore(timeline);
  const [looking, setLooking] = useState(false);
  const pinned = messages.filter((message) => message.pinned && !message.deleted).reverse();
  const look = async () => {
    setLooking(true);
    for (let i = 0; i < pagesAtOnce && (await timeline.loadOlder(200)); i++);
    setLooking(false);
  };
  return (
    <PanelFrame title="Pinned messages" note={pinned.length > 0 ? pinned.length : null}>
      <div className="panel-body pins">
        {pinned.length === 0 && <div className="none"><Icon name="pin" size={30} /><p>Nothing is pinned here{hasOlder ? ' lately' : ''}. Pin what people should find again.</p></div>}
        {pinned.map((message) => (
          <article key={message.id} className="pinned">
            <header><Avatar userId={message.authorId} size={26} /><strong className="cut grow"><Name userId={message.authorId} /></strong></header>
            <MessageText owner={message} text={message.text ?? ''} mentions={message.mentions} />
            <footer className="muted"><time>{longTime(Date.parse(message.createdAt))}</time><button className="link" onClick={() => onVisit(message.seq)}>Show</button></footer>
          </article>
        ))}
        {hasOlder && <button className="secondary wide" disabled={looking} onClick={() => void look()}>{looking ? 'Looking…' : 'Look further back'}</button>}
      </div>
    </PanelFrame>
  );
}
