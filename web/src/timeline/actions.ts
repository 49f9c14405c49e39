import type { ChatClient, MemberRole, Message } from '@chatgenius/client';
import { createContext, use, useMemo } from 'react';
import { useDialogs, type Dialogs } from '../dialogs/dialogs';
import { complain } from '../dialogs/toasts';
import { go } from '../routing/route';
import { useClient, useMe } from '../session/useClient';

export type Action = 'edit' | 'thread' | 'pin' | 'remove';

/** What may be done to the messages of the channel that is shown. */
export interface Actions {
  readonly me: string;
  act(what: Action, message: Message): void;
  react(message: Message, emoji: string, yes: boolean): void;
  may(what: Action, message: Message): boolean;
}

export const ActionsContext = createContext<Actions | null>(null);

export function useActions(): Actions {
  const actions = use(ActionsContext);
  if (!actions) throw new Error('There are no actions here.');
  return actions;
}

/** @param role The caller's in the channel; null where they are not in it. */
export function useMakeActions(channelId: string, role: MemberRole | null, archived: boolean, edit: (message: Message) => void): Actions {
  const [client, me, dialogs] = [useClient(), useMe().id, useDialogs()];
  return useMemo(() => {
    const may = (what: Action, message: Message): boolean => {
      if (what === 'thread') return message.threadId === null;
      if (role === null || archived || message.deleted) return false;
      if (what === 'edit') return message.authorId === me;
      if (what === 'remove') return message.authorId === me || role !== 'member';
      return true;
    };
    return {
      me,
      may,
      act: (what, message) => may(what, message) && run(what, message, client, dialogs, channelId, edit),
      react: (message, emoji, yes) => void client.commands[yes ? 'react' : 'unreact'](channelId, message.id, emoji).catch(complain),
    };
  }, [client, me, dialogs, channelId, role, archived, edit]);
}

function run(what: Action, message: Message, { commands }: ChatClient, dialogs: Dialogs, channelId: string, edit: (message: Message) => void): void {
  switch (what) {
    case 'edit':
      return edit(message);
    case 'thread':
      return go({ channelId, panel: { kind: 'thread', messageId: message.id } });
    case 'pin':
      return void commands[message.pinned ? 'unpin' : 'pin'](channelId, message.id).catch(complain);
    case 'remove':
      return dialogs.open({ kind: 'confirm', title: 'Delete this message?', text: 'It disappears for everyone and cannot be brought back.', action: 'Delete', run: () => commands.remove(channelId, message.id) });
  }
}
