import { useClient, useProfile, useStore } from '../session/useClient';
import './people.css';

const hues = [12, 32, 96, 152, 176, 200, 226, 254, 282, 318, 342];

/** A hue that stays a person's own. Pure. */
export function hueOf(id: string): number {
  // FNV-1a: ids that were made together differ in few letters, and their hues should not be alike.
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hues[(hash >>> 8) % hues.length]!;
}

/** One or two letters that stand for a name. Pure. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters.map((word) => [...word][0]!.toUpperCase()).join('') || '?';
}

interface AvatarProps {
  userId: string;
  size?: number;
  /** Shows whether the person is here. */
  presence?: boolean;
}

export function Avatar({ userId, size = 36, presence = false }: AvatarProps) {
  const user = useProfile(userId);
  const name = user ? user.displayName || user.username : '';
  return (
    <span className="avatar" style={{ width: size, height: size, fontSize: size * 0.38, '--hue': hueOf(userId) } as React.CSSProperties} aria-hidden={presence ? undefined : true}>
      <span aria-hidden="true">{user ? initialsOf(name) : ''}</span>
      {presence && <PresenceDot userId={userId} />}
    </span>
  );
}

const words = { active: 'online', away: 'away', offline: 'offline' } as const;

export function PresenceDot({ userId }: { userId: string }) {
  const state = useStore(useClient().presence(userId)) ?? 'offline';
  return <span className={`presence ${state}`} role="img" aria-label={words[state]} title={words[state]} />;
}

/** The name by which a person is known. */
export function Name({ userId }: { userId: string }) {
  const user = useProfile(userId);
  return <bdi className={user?.active === false ? 'gone' : undefined}>{user ? user.displayName || user.username : '…'}</bdi>;
}
