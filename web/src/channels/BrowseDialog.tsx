import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { DialogFrame } from '../dialogs/DialogFrame';
import { useDialogs } from '../dialogs/dialogs';
import { Finder } from '../dialogs/Finder';
import { Icon } from '../look/icons';
import { openChannel } from '../routing/route';
import { wordsFor } from '../session/failures';
import { useClient, useSideBar } from '../session/useClient';

/** Every channel that one may see. */
export function BrowseDialog() {
  const client = useClient();
  const { open, close } = useDialogs();
  const { lines } = useSideBar();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['channels', asked],
    queryFn: ({ pageParam }) => client.api.findChannels(asked, { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: (before) => before,
    retry: 1,
  });
  const mine = new Set(lines.map((line) => line.channel.id));
  const found = (data?.pages.flatMap((page) => page.items) ?? []).filter((channel) => channel.kind !== 'direct' && !channel.archived);
  const options = found.map((channel) => ({
    key: channel.id,
    sign: <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} />,
    name: <bdi>{channel.name}</bdi>,
    note: <>{channel.memberCount === 1 ? '1 member' : `${channel.memberCount} members`}{channel.topic && <> · <bdi>{channel.topic}</bdi></>}</>,
    tag: mine.has(channel.id) ? 'Joined' : null,
  }));
  const choose = (index: number) => {
    const channel = found[index];
    if (!channel) return;
    close();
    openChannel(channel.id);
  };
  return (
    <DialogFrame title="Browse channels">
      <Finder label="Search channels" query={query} onQuery={setQuery} options={options} onChoose={choose} nothing={isPending ? 'Looking…' : error ? wordsFor(error) : 'No channel is called that. You could create it.'} />
      <footer className="dialog-foot">
        {hasNextPage ? <button className="link" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>Show more</button> : <span />}
        <button className="secondary" onClick={() => open({ kind: 'create' })}><Icon name="plus" size={16} />Create a channel</button>
      </footer>
    </DialogFrame>
  );
}
