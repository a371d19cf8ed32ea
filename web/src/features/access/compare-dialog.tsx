import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import type { Role, RoleDetail } from '#features/settings/types.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Dialog } from '#ui/dialog.tsx';
import { FilterToggle } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';

interface Comparison {
  roles: RoleDetail[];
  permissions: { permission: string; roles: string[]; differs: boolean }[];
}

function Table({ roles, permissions, text, all }: Comparison & { text: string; all: boolean }) {
  const shown = permissions.filter(({ permission, differs }) => (all || differs) && permission.toLowerCase().includes(text.toLowerCase()));
  if (shown.length === 0) return <p className="py-6 text-center text-ink-2">{t('roles.compare.same')}</p>;
  return (
    // Reached by keyboard, so that arrow keys scroll it.
    <div role="region" aria-label={t('roles.compare')} tabIndex={0} className="max-h-[46dvh] overflow-auto rounded-lg border border-line">
      <table aria-label={t('roles.compare')} className="w-full border-separate border-spacing-0">
        <thead className="sticky top-0 z-10 bg-raised">
          <tr className="[&>th]:border-b [&>th]:border-line">
            <th scope="col" className="h-9 px-3 text-start text-xs font-medium text-ink-3">
              {t('roles.column.permissions')}
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col" className="px-3 text-center text-xs font-medium">
                {role.name}
                <span className="block font-normal text-ink-3">{t('roles.level', { level: role.level })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ permission, roles: holders, differs }) => (
            <tr key={permission} className="[&>*]:border-b [&>*]:border-line">
              <th scope="row" className="px-3 py-1 text-start font-mono text-xs font-normal">
                {permission}
              </th>
              {roles.map((role) => {
                const has = holders.includes(role.key);
                return (
                  <td key={role.id} className={`px-3 py-1 text-center ${differs ? 'bg-accent-wash' : ''}`}>
                    {has ? (
                      <Check role="img" aria-label={t('roles.compare.has')} className="mx-auto size-4 text-good" />
                    ) : (
                      <Minus role="img" aria-label={t('roles.compare.hasNot')} className="mx-auto size-4 text-ink-3" />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Roles side by side, permission by permission; what they share is left out at first. */
export function CompareDialog({ roles, onClose }: { roles: readonly Role[]; onClose: () => void }) {
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const ids = roles.map(({ id }) => id).join(',');
  const comparison = useQuery({
    queryKey: ['/roles', 'compare', ids],
    queryFn: ({ signal }) => request<Comparison>('GET', '/roles/compare', { query: { ids }, signal }),
  });
  return (
    <Dialog open width="xl" onOpenChange={(open) => !open && onClose()} title={t('roles.compare')} description={t('roles.compare.text')}>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <SearchInput label={t('matrix.search')} value={text} onChange={setText} />
          <FilterToggle label={t('roles.compare.all')} on={all} onChange={setAll} />
        </div>
        <Loaded query={comparison} lines={8}>
          {(data) => <Table {...data} text={text} all={all} />}
        </Loaded>
      </div>
    </Dialog>
  );
}
