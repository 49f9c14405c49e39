import type { SideBarLine } from '@chatgenius/client';
import { memo, useState, type KeyboardEvent } from 'react';
import { ChannelSign, useChannelName } from '../channels/ChannelName';
import { useDialogs } from '../dialogs/dialogs';
import { Icon, Logo } from '../look/icons';
import { pathOf, openChannel, useRoute } from '../routing/route';
import { useSideBar } from '../session/useClient';
import { PersonMenu } from '../profile/PersonMenu';
import { sectionsOf, type Section } from './order';
import './sideBar.css';

export function SideBar() {
  const { lines, loading, stale } = useSideBar();
  const { channelId } = useRoute();
  const { open } = useDialogs();
  return (
    <nav className="side" aria-label="Channels and people" onKeyDown={walk}>
      <header className="side-head">
        <Logo size={26} />
        <strong className="grow">ChatGenius</strong>
        <button className="icon-button" aria-label="New message" title="New message" onClick={() => open({ kind: 'direct' })}><Icon name="pencil" /></button>
      </header>
      <button className="jump" onClick={() => open({ kind: 'switcher' })}><Icon name="search" size={16} /><span className="grow">Jump to…</span><kbd>Ctrl K</kbd></button>
      <div className="side-lists">
        {stale && <p className="stale" role="status" title="The list could not be refreshed; it is tried again by itself.">May be out of date</p>}
        {loading && lines.length === 0 ? <Loading /> : sectionsOf(lines, channelId).map((section) => <SectionList key={section.title} section={section} openId={channelId} />)}
      </div>
      <PersonMenu />
    </nav>
  );
}

function SectionList({ section, openId }: { section: Section; openId: string | null }) {
  const { open } = useDialogs();
  const [folded, setFolded] = useState(false);
  if (section.title === 'Starred' && section.lines.length === 0) return null;
  const shown = folded ? section.lines.filter((line) => line.unread > 0 || line.channel.id === openId) : section.lines;
  return (
    <section>
      <h2>
        <button className="fold" aria-expanded={!folded} onClick={() => setFolded(!folded)}><Icon name="chevron" size={14} />{section.title}</button>
        {section.title === 'Channels' && <button className="icon-button small" aria-label="Create a channel" title="Create a channel" onClick={() => open({ kind: 'create' })}><Icon name="plus" size={16} /></button>}
        {section.title === 'Direct messages' && <button className="icon-button small" aria-label="Message someone" title="Message someone" onClick={() => open({ kind: 'direct' })}><Icon name="plus" size={16} /></button>}
      </h2>
      <ul>
        {shown.map((line) => <Line key={line.channel.id} line={line} open={line.channel.id === openId} />)}
        {section.title === 'Channels' && !folded && <li><button className="side-line quiet" onClick={() => open({ kind: 'browse' })}><Icon name="search" size={16} /><span>Browse channels</span></button></li>}
      </ul>
    </section>
  );
}

const Line = memo(function Line({ line: { channel, membership, unread, mentions }, open }: { line: SideBarLine; open: boolean }) {
  const name = useChannelName(channel);
  const loud = unread > 0 && !membership.muted;
  const counted = channel.kind === 'direct' && !membership.muted ? unread : mentions;
  const said = [membership.muted && 'muted', unread > 0 && `${unread} unread`, mentions > 0 && `${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`].filter(Boolean).join(', ');
  return (
    <li>
      <a
        className={`side-line${loud ? ' unread' : ''}${membership.muted ? ' quiet' : ''}`}
        href={pathOf({ channelId: channel.id, panel: null })}
        aria-current={open ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          openChannel(channel.id);
        }}
      >
        <ChannelSign channel={channel} />
        <bdi className="grow cut">{name}</bdi>
        {said && <span className="unseen">{said}</span>}
        {membership.muted && <Icon name="muted" size={14} />}
        {counted > 0 ? <span className="badge mentions" aria-hidden="true">{counted > 99 ? '99+' : counted}</span> : loud ? <span className="badge" aria-hidden="true">{unread > 99 ? '99+' : unread}</span> : null}
      </a>
    </li>
  );
});

function Loading() {
  return (
    <div className="side-loading" aria-label="Loading channels" role="status">
      {[62, 48, 70, 55, 40].map((width) => <span key={width} style={{ width: `${width}%` }} />)}
    </div>
  );
}

/** Arrow keys walk through the lines. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('.side-line')];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  if (step === 0 || at < 0) return;
  event.preventDefault();
  lines[at + step]?.focus();
}
