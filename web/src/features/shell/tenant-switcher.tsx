import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, Plus } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { switchTenant, useMe } from '#lib/session.ts';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#ui/menu.tsx';
import { toast } from '#ui/toast.tsx';
import { Mark } from './logo.tsx';
import { useTenantBrand } from './tenant-brand.ts';

/** The tenant one works in, and the ways to another and to a new one. */
export function TenantSwitcher({ narrow }: { narrow: boolean }) {
  const { tenant, tenants } = useMe();
  const navigate = useNavigate();
  const { iconUrl } = useTenantBrand();
  const face = (
    <>
      <span className="grid size-7 shrink-0 place-items-center rounded-md border border-line bg-surface">
        {iconUrl ? <img src={iconUrl} alt="" className="size-5 rounded-sm object-contain" /> : <Mark className="size-4.5" />}
      </span>
      <span className={cx('min-w-0 flex-1 text-start', narrow && 'sr-only')}>
        <span className="block truncate text-sm leading-4 font-semibold">{tenant.name}</span>
        <span className="block truncate text-2xs leading-4 text-ink-3">{tenant.slug}</span>
      </span>
    </>
  );
  const change = (id: string) => {
    // A new document: nothing that was read, streamed or typed in one tenant may be seen in another.
    if (id !== tenant.id) switchTenant(id).then(() => location.assign('/'), toast.failed);
  };
  return (
    <Menu
      className="w-60"
      trigger={
        <button type="button" className="flex h-11 w-full items-center gap-2.5 rounded-md px-1.5 hover:bg-hover aria-expanded:bg-hover">
          {face}
          <span className="sr-only">{t('tenant.switch')}</span>
          {!narrow && <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />}
        </button>
      }
    >
      <MenuLabel>{t('tenant.switch')}</MenuLabel>
      <MenuChoice value={tenant.id} onChange={change} choices={tenants.map(({ id, name }) => ({ value: id, label: name }))} />
      <MenuSeparator />
      <MenuItem icon={<Plus aria-hidden />} onSelect={() => void navigate({ to: '/onboarding/create-organization' })}>
        {t('tenant.create')}
      </MenuItem>
    </Menu>
  );
}
