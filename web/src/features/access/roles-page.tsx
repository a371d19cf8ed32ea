import { useNavigate } from '@tanstack/react-router';
import { Download, GitCompareArrows, Plus, ShieldCheck, Upload } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Role } from '#features/settings/types.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { toast } from '#ui/toast.tsx';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { CreateRoleDialog } from './create-role-dialog.tsx';
import { exportRoles } from './export.ts';
import { ImportDialog } from './import-dialog.tsx';
import { RoleHierarchyTree } from './role-hierarchy-tree.tsx';
import { RoleName } from './role-name.tsx';
import type { RolesSearch } from './search.ts';

/** As many patterns as fit a row; the rest is counted. */
const SHOWN = 6;

const Patterns = ({ patterns }: Pick<Role, 'patterns'>) => (
  <span className="flex flex-wrap gap-1">
    {patterns.slice(0, SHOWN).map((pattern) => (
      <Badge key={pattern} tone="outline" className="font-mono">
        {pattern}
      </Badge>
    ))}
    {patterns.length > SHOWN && <Badge>{`+${patterns.length - SHOWN}`}</Badge>}
  </span>
);

const columns = (): Column<Role>[] => [
  {
    id: 'level',
    header: t('roles.column.level'),
    width: '5rem',
    align: 'end',
    hideBelow: 'md',
    cell: ({ level }) => level,
    csv: ({ level }) => level,
  },
  {
    id: 'name',
    header: t('roles.column.name'),
    width: '20rem',
    fixed: true,
    cell: (role) => (
      <div className="flex flex-col gap-0.5">
        <RoleName role={role} />
        <span className="text-xs text-ink-2">{role.description}</span>
      </div>
    ),
    csv: (role) => role.name,
  },
  {
    id: 'permissions',
    header: t('roles.column.permissions'),
    hideBelow: 'md',
    cell: ({ patterns }) => <Patterns patterns={patterns} />,
    csv: ({ patterns }) => patterns.join(' '),
  },
  {
    id: 'risk',
    header: t('roles.column.risk'),
    width: '9rem',
    hideBelow: 'lg',
    cell: ({ maxRisk }) => <RiskBadge risk={maxRisk} />,
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

const Compact = ({ role }: { role: Role }) => (
  <div className="flex flex-col gap-1 py-1">
    <RoleName role={role} />
    <span className="text-xs text-ink-2">{role.description}</span>
    <span className="flex flex-wrap items-center gap-2 text-xs text-ink-2">
      {t('roles.level', { level: role.level })}
      <RiskBadge risk={role.maxRisk} />
      {t('roles.members.count', { count: role.members })}
    </span>
  </div>
);

type Open = 'create' | 'import' | { compare: Role[] } | null;

function List({ onCompare }: { onCompare: (roles: Role[]) => void }) {
  const navigate = useNavigate();
  const source = usePages<Role>('/roles', { limit: 200 });
  return (
    <DataTable
      name="roles"
      label={t('roles.title')}
      className="flex-1"
      columns={useMemo(columns, [])}
      source={source}
      rowId={(role) => role.id}
      compact={(role) => <Compact role={role} />}
      onOpen={(role) => void navigate({ to: '/settings/roles/$id', params: { id: role.id } })}
      bulk={(rows) => (
        <>
          <Button
            size="sm"
            icon={<GitCompareArrows aria-hidden className="size-3.5" />}
            blocked={rows.length < 2 || rows.length > 10 ? t('roles.compare.count') : null}
            onClick={() => onCompare(rows)}
          >
            {t('roles.compare')}
          </Button>
          <Button
            size="sm"
            icon={<Download aria-hidden className="size-3.5" />}
            blocked={rows.every(({ system }) => system) ? t('roles.export.system') : null}
            onClick={() => void exportRoles(rows.filter(({ system }) => !system)).catch(toast.failed)}
          >
            {t('roles.export')}
          </Button>
        </>
      )}
      empty={
        <EmptyState icon={ShieldCheck} title={t('roles.empty.title')}>
          {t('roles.empty.text')}
        </EmptyState>
      }
    />
  );
}

/** What each role may do, and how roles stand to each other. */
export function RolesPage({ search }: { search: RolesSearch }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <PageFrame
      title={t('roles.title')}
      facts={t('roles.lead')}
      width="fill"
      actions={
        <PermissionGate permission="roles:write">
          {(blocked) => (
            <>
              <Button blocked={blocked} icon={<Upload aria-hidden className="size-3.5" />} onClick={() => setOpen('import')}>
                {t('roles.import')}
              </Button>
              <Button
                variant="primary"
                data-hotkey="n"
                blocked={blocked}
                icon={<Plus aria-hidden className="size-3.5" />}
                onClick={() => setOpen('create')}
              >
                {t('roles.create')}
              </Button>
            </>
          )}
        </PermissionGate>
      }
    >
      <Tabs
        fill
        label={t('roles.title')}
        value={search.view ?? 'list'}
        onChange={(view) => void navigate({ to: '/settings/roles', search: view === 'list' ? {} : { view }, replace: true })}
        tabs={[
          { value: 'list', label: t('roles.view.list'), content: <List onCompare={(compare) => setOpen({ compare })} /> },
          { value: 'ladder', label: t('roles.view.ladder'), content: <RoleHierarchyTree /> },
        ]}
      />
      {open === 'create' && <CreateRoleDialog onClose={close} />}
      {open === 'import' && <ImportDialog onClose={close} />}
      {open !== null && typeof open === 'object' && <CompareDialog roles={open.compare} onClose={close} />}
    </PageFrame>
  );
}
