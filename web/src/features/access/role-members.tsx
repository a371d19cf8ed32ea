import { Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { useMemo } from 'react';
import type { Grant } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Time } from '#ui/time.tsx';
import { ScopeView } from './scope-view.tsx';

const Person = ({ subject }: Grant) => (
  <span className="min-w-0">
    <Link to="/settings/team" search={{ member: subject.id }} className="rounded-sm font-medium hover:underline">
      {subject.name}
    </Link>
    <span className="block truncate text-xs text-ink-2">{subject.email}</span>
  </span>
);

const columns = (): Column<Grant>[] => [
  { id: 'name', header: t('team.column.name'), width: '18rem', fixed: true, cell: (grant) => <Person {...grant} />, csv: ({ subject }) => subject.name },
  { id: 'scope', header: t('scope.title'), cell: ({ scope }) => <ScopeView scope={scope} /> },
  { id: 'reason', header: t('grants.reason'), hideBelow: 'lg', cell: ({ reason }) => <span className="text-ink-2">{reason}</span>, csv: ({ reason }) => reason },
  {
    id: 'until',
    header: t('grants.until'),
    width: '9rem',
    hideBelow: 'md',
    cell: ({ validUntil }) => (validUntil ? <Time at={validUntil} /> : <span className="text-ink-3">{t('grants.forever')}</span>),
    csv: ({ validUntil }) => validUntil,
  },
]; // prettier-ignore

/** Who holds a role, and for what. */
export function RoleMembers({ id }: { id: string }) {
  return (
    <DataTable
      name="role-members"
      label={t('roles.column.members')}
      columns={useMemo(columns, [])}
      source={usePages<Grant>(`/roles/${id}/users`)}
      rowId={(grant) => grant.id}
      compact={(grant) => (
        <div className="flex flex-col gap-1.5 py-1">
          <Person {...grant} />
          <ScopeView scope={grant.scope} />
        </div>
      )}
      empty={
        <EmptyState icon={Users} title={t('roles.nobody.title')}>
          {t('roles.nobody.text')}
        </EmptyState>
      }
    />
  );
}
