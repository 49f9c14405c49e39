import { Menu, MenuItem } from '../dialogs/Menu';
import { useDialogs } from '../dialogs/dialogs';
import { setTheme, useTheme, type Theme } from '../look/theme';
import { Avatar, Name } from '../people/Avatar';
import { Icon } from '../look/icons';
import { useClient, useMe } from '../session/useClient';

const themes: readonly { readonly theme: Theme; readonly name: string; readonly icon: 'system' | 'sun' | 'moon' }[] = [
  { theme: 'system', name: 'System', icon: 'system' },
  { theme: 'light', name: 'Light', icon: 'sun' },
  { theme: 'dark', name: 'Dark', icon: 'moon' },
];

/** Who is signed in, and what is theirs: profile, look, signing out. */
export function PersonMenu() {
  const [client, me] = [useClient(), useMe()];
  const { open } = useDialogs();
  const theme = useTheme();
  return (
    <footer className="person">
      <Menu
        label="Your account"
        place="above"
        button={<><Avatar userId={me.id} size={32} presence /><span className="grow names"><strong className="cut"><Name userId={me.id} /></strong><small className="muted cut"><bdi>{me.statusText || `@${me.username}`}</bdi></small></span><Icon name="chevron" size={16} /></>}
      >
        <MenuItem icon="pencil" onChoose={() => open({ kind: 'profile' })}>Edit profile</MenuItem>
        <hr />
        {themes.map((each) => <MenuItem key={each.theme} icon={each.icon} checked={theme === each.theme} onChoose={() => setTheme(each.theme)}>{each.name} theme</MenuItem>)}
        <hr />
        <MenuItem icon="leave" onChoose={() => void client.signOut()}>Sign out</MenuItem>
      </Menu>
    </footer>
  );
}
