import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { permits, useMe } from '#lib/session.ts';
import { Tooltip } from '#ui/tooltip.tsx';
import { inSettings, navigation, type NavItem } from './navigation.ts';
import { settingsGroups } from './settings-groups.ts';
import { useWaiting } from './waiting.ts';

export interface NavProps {
  /** Icons only. */
  narrow: boolean;
  onNavigate?: () => void;
}

/** Pages whose address is the beginning of another entry's. */
const EXACT = new Set(['/', '/settings', '/settings/security', '/settings/organization']);

function Item({ item, narrow, badge, onNavigate }: { item: NavItem; narrow: boolean; badge: number } & Pick<NavProps, 'onNavigate'>) {
  const { icon: Icon } = item;
  const label = t(item.label);
  const link = (
    <Link
      to={item.to}
      activeOptions={{ exact: EXACT.has(item.to) }}
      {...(onNavigate ? { onClick: onNavigate } : {})}
      className="group flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-ink-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-press aria-[current=page]:font-medium aria-[current=page]:text-ink pointer-coarse:h-11"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-3 group-hover:text-ink-2 group-aria-[current=page]:text-accent" strokeWidth={1.75} />
      <span className={cx('min-w-0 flex-1 truncate', narrow && 'sr-only')}>{label}</span>
      {badge > 0 && (
        <span className={cx('rounded-full bg-accent-fill px-1.5 text-2xs leading-4 font-medium text-white', narrow && 'absolute ms-3 mb-4 px-1')}>
          <span aria-hidden>{badge > 99 ? '99+' : badge}</span>
          <span className="sr-only">{t('nav.waiting', { count: badge })}</span>
        </span>
      )}
    </Link>
  );
  return narrow ? (
    <Tooltip text={label} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

/** The way back from settings to the areas. */
const BACK: NavItem = { to: '/', label: 'nav.back', icon: ArrowLeft };

/** The areas that exist and that this person may see. */
export function Nav({ narrow, onNavigate }: NavProps) {
  const { permissions } = useMe();
  const waiting = useWaiting();
  const routes = useRouter().routesByPath;
  const settings = settingsGroups.use();
  const atSettings = useLocation({ select: ({ pathname }) => inSettings(pathname) });
  const groups = atSettings ? [{ label: null, items: [BACK] }, ...settings] : navigation;
  const offered = ({ to, permission }: NavItem) => to in routes && (!permission || permits(permissions, permission));
  return (
    <nav aria-label={t('nav.main')} className="flex flex-col gap-4">
      {groups.map(({ label, items }, at) => {
        const shown = items.filter(offered);
        if (shown.length === 0) return null;
        return (
          <div key={label ?? at} role="group" aria-label={label ? t(label) : t('nav.main')}>
            {label && <p className={cx('mb-1 px-2 text-2xs font-medium text-ink-3', narrow && 'sr-only')}>{t(label)}</p>}
            <ul className="flex flex-col gap-px">
              {shown.map((item) => (
                <li key={item.to}>
                  <Item item={item} narrow={narrow} badge={item.to === '/approvals' ? waiting : 0} {...(onNavigate ? { onNavigate } : {})} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
