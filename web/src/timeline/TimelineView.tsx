import type { Timeline, TimelineSnapshot } from '@chatgenius/client';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { Virtuoso, type Components, type VirtuosoHandle } from 'react-virtuoso';
import { Icon } from '../look/icons';
import { useMe, useStore } from '../session/useClient';
import { Announcer } from './Announcer';
import { MessageRow } from './MessageRow';
import { indexOf, placed, rowsOf, seqOf, unplaced, type Row } from './rows';
import { dayName } from './times';
import { useReading } from './useReading';
import './timeline.css';

/** What others may ask of a timeline that is shown. */
export interface TimelineHandle {
  /** Shows the place of a message, wherever in the history it is. */
  visit(seq: number): void;
  focusLast(): void;
}

interface TimelineViewProps {
  timeline: Timeline;
  name: string;
  /** Up to where the reader had read when the channel was opened. */
  readSeq: number;
  ref: Ref<TimelineHandle>;
}

interface Context {
  readonly snapshot: TimelineSnapshot;
  readonly name: string;
  readonly again: () => void;
}

const fewRows = 25;

export function TimelineView({ timeline, name, readSeq, ref }: TimelineViewProps) {
  const snapshot = useStore(timeline);
  const me = useMe().id;
  const list = useRef<VirtuosoHandle>(null);
  const whole = useRef<HTMLDivElement>(null);
  const [target, setTarget] = useState<{ readonly seq: number } | null>(null);
  const [atBottom, setAtBottom] = useState(true);
  const hasUnread = readSeq > 0 && readSeq < snapshot.lastSeq;
  const unreadLine = useRef(hasUnread).current ? readSeq : null;
  const rows = useMemo(() => rowsOf(snapshot.entries, unreadLine, me), [snapshot.entries, unreadLine, me]);
  const place = useRef(unplaced);
  place.current = placed(place.current, rows);
  const { first, generation } = place.current;
  const unreadCount = useReading(timeline, snapshot, atBottom);

  const older = useCallback(() => void timeline.loadOlder(), [timeline]);
  const newer = useCallback(() => void timeline.loadNewer(), [timeline]);

  // Many replies and few messages: what is held may not fill the page.
  useEffect(() => {
    if (rows.length < fewRows && snapshot.hasOlder && snapshot.loading === null && snapshot.failure === null) older();
  }, [rows.length, snapshot.hasOlder, snapshot.loading, snapshot.failure, older]);

  useEffect(() => {
    if (target) list.current?.scrollToIndex({ index: indexOf(place.current.rows, target.seq), align: 'center' });
  }, [target]);

  const visit = useCallback(
    async (seq: number) => {
      if (await timeline.visit(seq)) setTarget({ seq });
    },
    [timeline],
  );
  const newest = useCallback(() => {
    timeline.goToNewest();
    setTarget(null);
    requestAnimationFrame(() => list.current?.scrollToIndex({ index: 'LAST', align: 'end' }));
  }, [timeline]);

  useImperativeHandle(ref, () => ({ visit: (seq) => void visit(seq), focusLast: () => rowsIn(whole.current).at(-1)?.focus() }), [visit]);

  const marked = target && rows[indexOf(rows, target.seq)]?.key;
  const context = useMemo<Context>(() => ({ snapshot, name, again: older }), [snapshot, name, older]);
  const missed = unreadLine !== null && snapshot.floor > unreadLine + 1 && !snapshot.hasNewer && target === null;

  return (
    <div className="timeline" ref={whole} onKeyDown={walk}>
      <Announcer rows={rows} me={me} />
      {missed && <button className="pill top" onClick={() => void visit(unreadLine + 1)}><Icon name="up" size={15} />Jump to first unread</button>}
      <Virtuoso<Row, Context>
        key={generation}
        ref={list}
        className="scroller"
        aria-label={`Messages in ${name}`}
        data={rows as Row[]}
        context={context}
        firstItemIndex={first}
        initialTopMostItemIndex={startOf(rows, target?.seq ?? (unreadLine === null ? null : unreadLine + 1))}
        alignToBottom
        increaseViewportBy={{ top: 800, bottom: 400 }}
        defaultItemHeight={48}
        computeItemKey={(_, row) => row.key}
        atBottomThreshold={40}
        atBottomStateChange={setAtBottom}
        followOutput={(isAtBottom) => (!snapshot.hasNewer && (isAtBottom || rows.at(-1)?.entry.kind === 'outgoing') ? 'auto' : false)}
        startReached={older}
        endReached={newer}
        components={components}
        itemContent={(_, row) => <RowView row={row} marked={row.key === marked} />}
      />
      {(snapshot.hasNewer || !atBottom) && (
        <button className={unreadCount > 0 && !snapshot.hasNewer ? 'pill bottom news' : 'pill bottom'} onClick={newest}>
          <Icon name="down" size={15} />{unreadCount > 0 ? (unreadCount === 1 ? '1 new message' : `${unreadCount} new messages`) : 'Newest messages'}
        </button>
      )}
    </div>
  );
}

const startOf = (rows: readonly Row[], seq: number | null) =>
  seq === null || seqOf(rows.at(-1)?.entry ?? rows[0]!.entry) < seq ? { index: 'LAST' as const, align: 'end' as const } : { index: indexOf(rows, seq), align: 'center' as const };

const RowView = ({ row: { entry, day, unread, first }, marked }: { row: Row; marked: boolean }) => (
  <>
    {day !== null && <div className="day" role="separator" aria-label={dayName(day)}><span>{dayName(day)}</span></div>}
    {unread && <div className="unread-line" role="separator" aria-label="New messages"><span>New</span></div>}
    <MessageRow entry={entry} first={first} marked={marked} />
  </>
);

const components: Components<Row, Context> = {
  Header: ({ context }) => {
    const { snapshot, name, again } = context!;
    if (snapshot.failure !== null && snapshot.loading === null) return <p className="edge">Older messages could not be loaded. <button className="link" onClick={again}>Try again</button></p>;
    if (snapshot.hasOlder) return <p className="edge" aria-busy="true">Loading older messages…</p>;
    return <div className="beginning"><h2>This is the beginning of {name.startsWith('#') ? '' : 'your conversation with '}<bdi>{name}</bdi></h2><p className="muted">Everything that is said here stays here, for everyone who is in it.</p></div>;
  },
  Footer: () => <div className="foot" />,
};

const rowsIn = (whole: HTMLElement | null) => [...(whole?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];

/** Arrow keys walk through the messages. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const at = document.activeElement as HTMLElement;
  if (step === 0 || !(at.matches('[data-row]') || at.matches('[data-virtuoso-scroller]'))) return;
  event.preventDefault();
  const all = rowsIn(event.currentTarget);
  const index = all.indexOf(at);
  all.at(index < 0 ? -1 : Math.max(0, Math.min(index + step, all.length - 1)))?.focus();
}
