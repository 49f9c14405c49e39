import type { User } from '@chatgenius/client';

export const nameOf = (user: User): string => user.displayName || user.username;
