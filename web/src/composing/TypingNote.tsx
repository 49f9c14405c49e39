import { useNames } from '../channels/direct';
import { useClient, useMe, useStore } from '../session/useClient';

/** Who writes now. */
export function TypingNote({ channelId }: { channelId: string }) {
  const me = useMe().id;
  const writing = useStore(useClient().typing(channelId)).filter((id) => id !== me);
  const names = useNames(writing.slice(0, 3));
  return <span className="typing" aria-live="polite">{writing.length > 0 && <><span className="dots" aria-hidden="true"><i /><i /><i /></span><bdi>{writing.length > 3 ? 'Several people' : names}</bdi>&nbsp;{writing.length > 1 ? 'are' : 'is'} typing</>}</span>;
}
