import { Avatar, Name } from '../people/Avatar';
import type { Option } from './useCompletions';

interface CompletionsProps {
  id: string;
  options: readonly Option[];
  active: number;
  onChoose: (index: number) => void;
}

export const Completions = ({ id, options, active, onChoose }: CompletionsProps) => (
  <ul className="completions" id={id} role="listbox" aria-label="Suggestions">
    {options.map((option, i) => (
      // The pointer must not take the focus from the field.
      <li key={option.id} id={`${id}-${i}`} role="option" aria-selected={i === active} onPointerDown={(event) => event.preventDefault()} onClick={() => onChoose(i)}>
        {option.userId ? <Avatar userId={option.userId} size={24} /> : <span className="emoji">{option.insert}</span>}
        {option.userId && <strong><Name userId={option.userId} /></strong>}
        <span className="muted">{option.userId ? `@${option.hint}` : `:${option.hint}:`}</span>
      </li>
    ))}
  </ul>
);
