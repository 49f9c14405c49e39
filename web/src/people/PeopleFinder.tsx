import { useQuery } from '@tanstack/react-query';
import type { User } from '@chatgenius/client';
import { useDeferredValue, useState } from 'react';
import { Finder } from '../dialogs/Finder';
import { Icon } from '../look/icons';
import { wordsFor } from '../session/failures';
import { useClient, useMe } from '../session/useClient';
import { Avatar } from './Avatar';
import { nameOf } from './people';

interface PeopleFinderProps {
  chosen: readonly User[];
  onChange: (chosen: readonly User[]) => void;
  /** Said beside somebody who need not be chosen; null else. */
  tagOf?: (user: User) => string | null;
}

/** Finds people and gathers them. */
export function PeopleFinder({ chosen, onChange, tagOf }: PeopleFinderProps) {
  const [client, me] = [useClient(), useMe()];
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const { data, error, isPending } = useQuery({ queryKey: ['people', 'find', asked], queryFn: async () => (await client.api.findUsers(asked, { limit: 50 })).items, placeholderData: (before) => before, retry: 1 });
  const found = (data ?? []).filter((user) => user.active && user.id !== me.id);
  const has = (user: User) => chosen.some((each) => each.id === user.id);
  const toggle = (user: User) => onChange(has(user) ? chosen.filter((each) => each.id !== user.id) : [...chosen, user]);
  const options = found.map((user) => ({ key: user.id, sign: <Avatar userId={user.id} size={32} presence />, name: <bdi>{nameOf(user)}</bdi>, note: `@${user.username}`, tag: has(user) ? 'Chosen' : (tagOf?.(user) ?? null) }));
  return (
    <>
      {chosen.length > 0 && <div className="chosen">{chosen.map((user) => <button key={user.id} type="button" aria-label={`Remove ${nameOf(user)}`} onClick={() => toggle(user)}><Avatar userId={user.id} size={20} /><bdi>{nameOf(user)}</bdi><Icon name="close" size={13} /></button>)}</div>}
      <Finder
        label="Search people"
        query={query}
        onQuery={setQuery}
        options={options}
        onChoose={(index) => {
          const user = found[index];
          if (!user || (tagOf?.(user) && !has(user))) return;
          toggle(user);
          setQuery('');
        }}
        nothing={isPending ? 'Looking…' : error ? wordsFor(error) : asked ? 'Nobody is called that.' : 'Nobody else is here yet.'}
      />
    </>
  );
}
