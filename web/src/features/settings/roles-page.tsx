import { ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import type { Role } from './types.ts';

/** As many patterns as fit a row; the rest is counted. */
const SHOWN = 8;

const columns = (): Column<Role>[] => [
  {
    id: 'name',
    header: t('roles.column.name'),
    width: '14rem',
    fixed: true,
    cell: (role) => (
      <span className="flex items-baseline gap-2">
        <span className="font-medium">{role.name}</span>
        <code className="text-xs text-ink-3">{role.key}</code>
      </span>
    ),
    csv: (role) => role.name,
  },
  {
    id: 'description',
    header: t('roles.column.description'),
    hideBelow: 'md',
    cell: (role) => <span className="text-ink-2">{role.description}</span>,
    csv: (role) => role.description,
  },
  {
    id: 'permissions',
    header: t('roles.column.permissions'),
    cell: ({ patterns }) => (
      <span className="flex flex-wrap gap-1">
        {patterns.slice(0, SHOWN).map((permission) => (
          <Badge key={permission} tone="outline">
            {permission}
          </Badge>
        ))}
        {patterns.length > SHOWN && <Badge>{`+${patterns.length - SHOWN}`}</Badge>}
      </span>
    ),
    csv: ({ patterns }) => patterns.join(' '),
  },
  {
    id: 'risk',
    header: t('roles.column.risk'),
    width: '8rem',
    hideBelow: 'lg',
    cell: ({ maxRisk }) => <span className="text-ink-2">{t(`risk.${maxRisk}`)}</span>,
    csv: ({ maxRisk }) => maxRisk,
  },
  {
    id: 'members',
    header: t('roles.column.members'),
    width: '6rem',
    align: 'end',
    hideBelow: 'sm',
    cell: ({ members }) => number(members),
    csv: ({ members }) => members,
  },
];

/** What each role may do. */
export const RolesPage = () => (
  <PageFrame title={t('roles.title')} facts={t('roles.lead')} width="fill">
    <DataTable
      name="roles"
      label={t('roles.title')}
      columns={useMemo(columns, [])}
      source={usePages<Role>('/roles')}
      rowId={(role) => role.key}
      empty={
        <EmptyState icon={ShieldCheck} title={t('roles.empty.title')}>
          {t('roles.empty.text')}
        </EmptyState>
      }
    />
  </PageFrame>
);
