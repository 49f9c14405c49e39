import type { ChatApi } from '@chatgenius/client';

/**
 * The seq of the first message at or after a time; the last one's if there is none, null in an empty channel.
 * Times grow with seqs, so it is found by halving: about 16 small reads in 50,000 messages.
 */
export async function findTime(api: Pick<ChatApi, 'history'>, channelId: string, time: number): Promise<number | null> {
  const newest = (await api.history(channelId, { limit: 1 })).items.at(-1);
  if (!newest) return null;
  let [low, high] = [1, newest.seq];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { items } = await api.history(channelId, { after: middle - 1, limit: 1 });
    if (!items[0] || Date.parse(items[0].createdAt) >= time) high = middle;
    else low = items[0].seq + 1;
  }
  return low;
}
