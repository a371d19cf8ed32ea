import { Outlet } from '@tanstack/react-router';
import { Menu as MenuIcon, PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { useState } from 'react';
import { cx } from '#lib/cx.ts';
import { Deferred } from '#lib/deferred.ts';
import { openPalette, palette } from '#features/palette/open.ts';
import { allTexts, t } from '#lib/i18n.ts';
import { manifestQuery } from '#lib/manifest.ts';
import { queryClient } from '#lib/query.ts';
import { enrolmentOnly } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { Key } from '#ui/key.tsx';
import { Tooltip } from '#ui/tooltip.tsx';
import { useOpenOperation } from '#features/operations/open.ts';
import { useHotkeys } from './hotkeys.ts';
import { useGap, useLive } from './live.ts';
import { Mark } from './logo.tsx';
import { Nav } from './nav.tsx';
import { TenantSwitcher } from './tenant-switcher.tsx';
import { UserMenu } from './user-menu.tsx';

const loadPalette = async () => {
  // What the palette offers is wanted as soon as it opens.
  void queryClient.prefetchQuery(manifestQuery);
  const [{ Palette }] = await Promise.all([import('#features/palette/palette.tsx'), allTexts()]);
  return Palette;
};
const loadDrawer = async () => {
  const [{ OperationDrawer }] = await Promise.all([import('#features/operations/operation-drawer.tsx'), allTexts()]);
  return OperationDrawer;
};

const loadBell = async () => {
  const [{ Bell }] = await Promise.all([import('#features/notifications/bell.tsx'), allTexts()]);
  return Bell;
};

/** The bell comes late; its place is kept, so that nothing moves. */
const BellPlace = () => (
  <div className="size-7 shrink-0 pointer-coarse:size-10">
    <Deferred load={loadBell} wanted={false} props={{}} />
  </div>
);

/** Most pages are left before: what opens over them, with all that may be called, is a third of what a page takes. */
const SETTLED_MS = 3_000;

const NARROW = 'switchyard.nav';
const modifier = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** What opens over any page; its code comes when it is wanted, or when nothing else is. */
function Late() {
  const state = palette.use();
  const running = useOpenOperation() !== null;
  return (
    <>
      <Deferred load={loadDrawer} wanted={running} after={SETTLED_MS} props={{}} />
      <Deferred
        load={loadPalette}
        wanted={state === 'open'}
        after={SETTLED_MS}
        props={{ open: state === 'open', onOpenChange: (open) => palette.set(open ? 'open' : 'closed') }}
      />
    </>
  );
}

/** Navigation, palette and live updates around every page of a signed-in person. */
export function Shell() {
  const [narrow, setNarrow] = useState(() => localStorage.getItem(NARROW) === 'narrow');
  const [drawer, setDrawer] = useState(false);
  const gap = useGap(useLive());
  // Until a second factor is set up there are no events to hear.
  const limited = enrolmentOnly.use();
  useHotkeys({ palette: () => palette.set(palette.get() === 'open' ? 'closed' : 'open') });
  const toggle = () => {
    localStorage.setItem(NARROW, narrow ? 'wide' : 'narrow');
    setNarrow(!narrow);
  };

  const search = (small: boolean) => (
    <button
      type="button"
      onClick={openPalette}
      {...(small ? { 'aria-label': t('nav.search') } : {})}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-sm text-ink-3 shadow-control hover:border-line-strong hover:text-ink-2"
    >
      <Search aria-hidden className="size-3.5 shrink-0" />
      {!small && (
        <>
          <span className="flex-1 truncate text-start">{t('nav.search')}</span>
          <Key>{`${modifier} K`}</Key>
        </>
      )}
    </button>
  );

  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a href="#main" className="sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:start-2 focus:top-2">
        {t('nav.skip')}
      </a>

      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-sunken px-2 md:hidden">
        <Button variant="ghost" size="icon" className="pointer-coarse:size-10" aria-label={t('nav.open')} onClick={() => setDrawer(true)}>
          <MenuIcon aria-hidden className="size-4.5" />
        </Button>
        <Mark className="size-5" />
        <span className="flex-1 text-sm font-semibold">{t('app.name')}</span>
        {!limited && <BellPlace />}
        <Button variant="ghost" size="icon" className="pointer-coarse:size-10" aria-label={t('nav.search')} onClick={openPalette}>
          <Search aria-hidden className="size-4" />
        </Button>
      </header>
      <Drawer open={drawer} onOpenChange={setDrawer} title={t('nav.main')} side="start" width="nav" quiet>
        <div className="flex min-h-full flex-col gap-4 bg-sunken p-2">
          <TenantSwitcher narrow={false} />
          <Nav narrow={false} onNavigate={() => setDrawer(false)} />
          <div className="mt-auto">
            <UserMenu narrow={false} />
          </div>
        </div>
      </Drawer>

      <aside
        aria-label={t('app.name')}
        className={cx('hidden shrink-0 flex-col gap-3 border-e border-line bg-sunken p-2 md:flex', narrow ? 'w-[3.25rem]' : 'w-56')}
      >
        <TenantSwitcher narrow={narrow} />
        {search(narrow)}
        <div className="-mx-2 min-h-0 flex-1 overflow-y-auto px-2 pt-1">
          <Nav narrow={narrow} />
        </div>
        <div className={cx('flex items-center gap-1', narrow && 'flex-col-reverse')}>
          <div className="min-w-0 flex-1">
            <UserMenu narrow={narrow} />
          </div>
          {!limited && <BellPlace />}
          <Tooltip text={t(narrow ? 'nav.expand' : 'nav.collapse')} keys="[" side="right">
            <button
              type="button"
              aria-label={t(narrow ? 'nav.expand' : 'nav.collapse')}
              data-hotkey="["
              onClick={toggle}
              className="grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
            >
              {narrow ? (
                <PanelLeftOpen aria-hidden className="size-4 rtl:-scale-x-100" />
              ) : (
                <PanelLeftClose aria-hidden className="size-4 rtl:-scale-x-100" />
              )}
            </button>
          </Tooltip>
        </div>
      </aside>

      <main id="main" tabIndex={-1} data-scroll-restoration-id="main" className="relative min-h-0 min-w-0 flex-1 overflow-y-auto outline-none">
        {gap && !limited && (
          <p role="status" className="sticky top-0 z-20 border-b border-line bg-warn-wash px-4 py-1 text-center text-xs text-ink backdrop-blur-sm">
            {t('live.lost')}
          </p>
        )}
        <Outlet />
      </main>

      <Late />
    </div>
  );
}
