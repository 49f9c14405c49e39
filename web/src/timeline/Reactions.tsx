import type { Message } from '@chatgenius/client';
import { useNames } from '../channels/direct';
import { useActions } from './actions';

export function Reactions({ message, mine }: { message: Message; mine: readonly string[] }) {
  return (
    <div className="reactions">
      {message.reactions.map(({ emoji, count, userIds }) => <ReactionButton key={emoji} message={message} emoji={emoji} count={count} userIds={userIds} pressed={mine.includes(emoji)} />)}
    </div>
  );
}

interface ReactionButtonProps {
  message: Message;
  emoji: string;
  count: number;
  userIds: readonly string[];
  pressed: boolean;
}

function ReactionButton({ message, emoji, count, userIds, pressed }: ReactionButtonProps) {
  const { react, may } = useActions();
  const named = useNames(userIds.slice(0, 8));
  const who = count > 8 ? `${named} and ${count - 8} more` : named;
  return (
    <button className="reaction" aria-pressed={pressed} disabled={!may('pin', message)} title={who} aria-label={`${emoji}, ${count}: ${who}`} onClick={() => react(message, emoji, !pressed)}>
      <span className="emoji">{emoji}</span>{count}
    </button>
  );
}
