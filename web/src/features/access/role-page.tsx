import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Copy, Download, Lock, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import type { RoleDetail } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { toast } from '#ui/toast.tsx';
import { roleQuery } from './api.ts';
import { CreateRoleDialog } from './create-role-dialog.tsx';
import { exportRoles } from './export.ts';
import { PatternView } from './pattern-view.tsx';
import { PermissionMatrix } from './permission-matrix.tsx';
import { RoleFields } from './role-fields.tsx';
import { RoleMembers } from './role-members.tsx';
import type { RoleSearch } from './search.ts';
import { StagedRole } from './staged-role.tsx';
import { useRoleDraft } from './use-role-draft.ts';

const Facts = ({ role }: { role: RoleDetail }) => (
  <>
    <code className="text-xs">{role.key}</code>
    {role.system && (
      <Badge tone="outline" icon={<Lock aria-hidden />}>
        {t('roles.system')}
      </Badge>
    )}
    <span>{t('roles.level', { level: role.level })}</span>
    <RiskBadge risk={role.maxRisk} />
    {role.requiresMfa && <Badge tone="accent">{t('roles.mfa')}</Badge>}
    <span>{t('roles.members.count', { count: role.members })}</span>
  </>
);

function Actions({ role }: { role: RoleDetail }) {
  const navigate = useNavigate();
  const tell = useTell();
  const blocked = useBlocked('roles:write');
  const [open, setOpen] = useState<'copy' | 'delete' | null>(null);
  const inUse = role.members > 0 ? t('roles.delete.inUse', { count: role.members }) : null;
  return (
    <>
      {!role.system && (
        <Button icon={<Download aria-hidden className="size-3.5" />} onClick={() => void exportRoles([role]).catch(toast.failed)}>
          {t('roles.export')}
        </Button>
      )}
      <Button blocked={blocked} icon={<Copy aria-hidden className="size-3.5" />} onClick={() => setOpen('copy')}>
        {t('roles.duplicate')}
      </Button>
      <Button
        variant="danger-quiet"
        blocked={blocked ?? (role.system ? t('roles.delete.system') : inUse)}
        icon={<Trash2 aria-hidden className="size-3.5" />}
        onClick={() => setOpen('delete')}
      >
        {t('roles.delete')}
      </Button>
      {open === 'copy' && <CreateRoleDialog from={role.id} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <ReviewDialog
          title={t('roles.delete.of', { name: role.name })}
          call={{ method: 'DELETE', path: `/roles/${role.id}` }}
          action={t('roles.delete')}
          danger
          typed={role.key}
          touched={['/roles']}
          onClose={() => setOpen(null)}
          onOutcome={(outcome) => {
            tell(outcome, t('roles.deleted', { name: role.name }));
            void navigate({ to: '/settings/roles' });
          }}
        />
      )}
    </>
  );
}

function Content({ role, search }: { role: RoleDetail; search: RoleSearch }) {
  const navigate = useNavigate();
  const mayWrite = useCan('roles:write');
  const maySeePeople = useCan('users:read');
  const readOnly = role.system || !mayWrite;
  const { draft, patterns, setDraft, setPatterns, reset, body } = useRoleDraft(role);
  return (
    <PageFrame
      title={role.name}
      eyebrow={
        <Link to="/settings/roles" className="hover:underline">
          {t('roles.title')}
        </Link>
      }
      facts={<Facts role={role} />}
      actions={<Actions role={role} />}
    >
      {role.description && <p className="-mt-2 max-w-3xl text-pretty text-ink-2">{role.description}</p>}
      {role.system && <p className="rounded-lg border border-line bg-surface px-4 py-2.5 text-ink-2">{t('roles.system.text')}</p>}
      <Tabs
        label={role.name}
        value={search.tab ?? 'permissions'}
        onChange={(tab) =>
          void navigate({ to: '/settings/roles/$id', params: { id: role.id }, search: tab === 'permissions' ? {} : { tab }, replace: true })
        }
        tabs={[
          {
            value: 'permissions',
            label: t('roles.column.permissions'),
            content: (
              <PermissionMatrix before={role.patterns} patterns={patterns} onChange={setPatterns} maxRisk={draft.maxRisk} readOnly={readOnly} />
            ),
          },
          { value: 'patterns', label: t('patterns.tab'), content: <PatternView patterns={patterns} onChange={setPatterns} readOnly={readOnly} /> },
          ...(maySeePeople
            ? [{ value: 'members' as const, label: t('roles.column.members'), count: role.members, content: <RoleMembers id={role.id} /> }]
            : []),
          {
            value: 'details',
            label: t('roles.details'),
            content: (
              <Card className="max-w-2xl">
                <div className="flex flex-col gap-4">
                  <RoleFields draft={draft} onChange={setDraft} readOnly={readOnly} />
                </div>
              </Card>
            ),
          },
        ]}
      />
      {body && <StagedRole role={role} patterns={patterns} body={body} onReset={reset} />}
    </PageFrame>
  );
}

/** One role: its permissions as a matrix and as patterns, who holds it, and what an edit would do before it is made. */
export function RolePage({ id, search }: { id: string; search: RoleSearch }) {
  const role = useQuery(roleQuery(id));
  if (role.data) return <Content key={`${role.data.id}-${role.data.version}`} role={role.data} search={search} />;
  return (
    <PageFrame title={t('roles.one')}>
      {role.error ? <ProblemView size="page" error={role.error} retry={() => void role.refetch()} /> : <SkeletonText lines={8} />}
    </PageFrame>
  );
}
