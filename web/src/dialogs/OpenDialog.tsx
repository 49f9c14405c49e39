import { BrowseDialog } from '../channels/BrowseDialog';
import { CreateDialog } from '../channels/CreateDialog';
import { DateDialog } from '../timeline/DateDialog';
import { DirectDialog } from '../channels/DirectDialog';
import { InviteDialog } from '../members/InviteDialog';
import { ProfileDialog } from '../profile/ProfileDialog';
import { QuickSwitcher } from '../switcher/QuickSwitcher';
import { ConfirmDialog } from './ConfirmDialog';
import type { DialogRequest } from './dialogs';

/** The dialog that was asked for. */
export default function OpenDialog({ dialog }: { dialog: DialogRequest }) {
  switch (dialog.kind) {
    case 'switcher':
      return <QuickSwitcher />;
    case 'browse':
      return <BrowseDialog />;
    case 'create':
      return <CreateDialog />;
    case 'direct':
      return <DirectDialog />;
    case 'profile':
      return <ProfileDialog />;
    case 'invite':
      return <InviteDialog channel={dialog.channel} />;
    case 'date':
      return <DateDialog channelId={dialog.channelId} onVisit={dialog.go} />;
    case 'confirm':
      return <ConfirmDialog {...dialog} />;
  }
}
