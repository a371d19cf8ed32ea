import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, CircleUserRound, Languages, LogOut, SlidersHorizontal, SunMoon, UserRoundCheck } from 'lucide-react';
import { profileQuery } from '#features/account/api.ts';
import { Avatar } from '#features/team/avatar.tsx';
import { cx } from '#lib/cx.ts';
import { chooseLanguage, currentLanguage, LANGUAGES, t, type Language } from '#lib/i18n.ts';
import { savePreferences } from '#lib/preferences.ts';
import { signOut, useMe } from '#lib/session.ts';
import { setTheme, useTheme, type Theme } from '#lib/theme.ts';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLink, MenuSeparator, MenuSub } from '#ui/menu.tsx';
import { toast } from '#ui/toast.tsx';

const OWN = [
  { to: '/settings/profile', label: 'nav.profile', icon: CircleUserRound },
  { to: '/settings/security', label: 'nav.security', icon: UserRoundCheck },
  { to: '/settings/preferences', label: 'nav.preferences', icon: SlidersHorizontal },
] as const;

/** Who is signed in, and what is theirs: theme, language, keys, the way out. */
export function UserMenu({ narrow }: { narrow: boolean }) {
  const { actor, roles } = useMe();
  const avatarUrl = useQuery(profileQuery).data?.avatarUrl ?? null;
  const theme = useTheme();
  const navigate = useNavigate();
  const themes: { value: Theme; label: string }[] = [
    { value: 'system', label: t('menu.theme.system') },
    { value: 'light', label: t('menu.theme.light') },
    { value: 'dark', label: t('menu.theme.dark') },
  ];
  // Shown at once; kept for the person's other devices as well, if the server can be reached.
  const chooseTheme = (next: Theme) => {
    setTheme(next);
    void savePreferences({ theme: next }).catch(() => undefined);
  };
  const speak = (language: Language) => {
    void savePreferences({ locale: language }).catch(() => undefined);
    void chooseLanguage(language);
  };
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }));
  return (
    <Menu
      side="top"
      className="w-56"
      trigger={
        <button type="button" className="flex h-10 w-full items-center gap-2.5 rounded-md px-1.5 hover:bg-hover aria-expanded:bg-hover">
          <Avatar name={actor.name} url={avatarUrl} />
          <span className={cx('min-w-0 flex-1 text-start', narrow && 'sr-only')}>
            <span className="block truncate text-sm leading-4 font-medium">{actor.name}</span>
            <span className="block truncate text-2xs leading-4 text-ink-3">{roles.map((role) => role.name).join(', ')}</span>
          </span>
        </button>
      }
    >
      {actor.email && <MenuLabel>{actor.email}</MenuLabel>}
      {OWN.map(({ to, label, icon: Icon }) => (
        <MenuItem key={to} icon={<Icon aria-hidden />} onSelect={() => void navigate({ to })}>
          {t(label)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuSub icon={<SunMoon aria-hidden />} label={t('menu.theme')}>
        <MenuChoice value={theme} onChange={chooseTheme} choices={themes} />
      </MenuSub>
      <MenuSub icon={<Languages aria-hidden />} label={t('menu.language')}>
        <MenuChoice value={currentLanguage()} onChange={speak} choices={languages} />
      </MenuSub>
      <MenuLink href="/docs" icon={<BookOpen aria-hidden />}>
        {t('menu.reference')}
      </MenuLink>
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void signOut().catch(toast.failed)}>
        {t('menu.signOut')}
      </MenuItem>
    </Menu>
  );
}
