const clockTime = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const thisYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' });
const otherYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
const dayMs = 86_400_000;

export const shortTime = (time: number): string => clockTime.format(time);
export const longTime = (time: number): string => fullTime.format(time);

/** A day as people call it. */
export function dayName(time: number, now = Date.now()): string {
  const day = new Date(time).toDateString();
  if (day === new Date(now).toDateString()) return 'Today';
  if (day === new Date(now - dayMs).toDateString()) return 'Yesterday';
  return (new Date(time).getFullYear() === new Date(now).getFullYear() ? thisYear : otherYear).format(time);
}

/** How long ago, in a few letters. */
export function ago(time: number, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - time) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.round(minutes / 60)} h ago`;
  const days = Math.round(minutes / (24 * 60));
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
