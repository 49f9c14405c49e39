import { ChatApiError, UnreachableError } from '@chatgenius/client';

/** What went wrong, in words for the person who did it. */
export function wordsFor(failure: unknown): string {
  if (failure instanceof UnreachableError) return 'The server cannot be reached right now. Check your connection and try again.';
  if (!(failure instanceof ChatApiError)) return 'Something went wrong. Please try again.';
  const first = Object.values(failure.errors)[0]?.[0];
  switch (failure.code) {
    case 'invalid_grant':
      return 'That username and password do not match.';
    case 'username_taken':
      return 'That username is taken. Pick another one, or sign in.';
    case 'name_taken':
      return 'A channel with that name exists already.';
    case 'rate_limited':
      return 'That was a lot at once. Wait a moment and try again.';
    case 'not_a_member':
      return 'You are not in this channel any more.';
    default:
      return first ?? (failure.status >= 500 ? 'The server cannot do that right now. Try again in a moment.' : failure.detail || 'The server refused this.');
  }
}
