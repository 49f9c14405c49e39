import { useId, type ReactNode } from 'react';
import { useOptions } from './useOptions';

export interface FinderOption {
  readonly key: string;
  readonly sign: ReactNode;
  readonly name: ReactNode;
  readonly note?: ReactNode;
  readonly tag?: string | null;
}

interface FinderProps {
  label: string;
  query: string;
  onQuery: (query: string) => void;
  options: readonly FinderOption[];
  onChoose: (index: number) => void;
  /** What is said where nothing is found. */
  nothing: ReactNode;
  big?: boolean;
}

/** A field, and below it what fits. */
export function Finder({ label, query, onQuery, options, onChoose, nothing, big = false }: FinderProps) {
  const id = useId();
  const { active, setActive, hear } = useOptions(options.length, query, onChoose);
  return (
    <>
      <div className={big ? 'find big' : 'find'}>
        <input value={query} aria-label={label} placeholder={label} role="combobox" aria-expanded={options.length > 0} aria-controls={id} aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined} autoComplete="off" spellCheck={false} onChange={(event) => onQuery(event.target.value)} onKeyDown={hear} />
      </div>
      <ul className="options" id={id} role="listbox" aria-label={label}>
        {options.map(({ key, sign, name, note, tag }, i) => (
          <li key={key} id={`${id}-${i}`} role="option" aria-selected={i === active} onPointerMove={() => setActive(i)} onClick={() => onChoose(i)}>
            {sign}
            <span className="grow"><strong className="cut">{name}</strong>{note && <small className="cut">{note}</small>}</span>
            {tag && <span className="tag">{tag}</span>}
          </li>
        ))}
        {options.length === 0 && <li className="nothing" role="presentation">{nothing}</li>}
      </ul>
    </>
  );
}
