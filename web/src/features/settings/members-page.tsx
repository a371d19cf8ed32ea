import { useNavigate } from '@tanstack/react-router';
import { UserRoundKey, Users } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { openOperation } from '#features/operations/open.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { useCan } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import type { Member } from './types.ts';

const columns = (): Column<Member>[] => [
  {
    id: 'name',
    header: t('members.column.name'),
    width: '16rem',
    fixed: true,
    cell: (member) => <span className="font-medium">{member.name}</span>,
    csv: (member) => member.name,
  },
  {
    id: 'email',
    header: t('members.column.email'),
    hideBelow: 'sm',
    cell: (member) => <span className="text-ink-2">{member.email}</span>,
    csv: (member) => member.email,
  },
  {
    id: 'roles',
    header: t('members.column.roles'),
    cell: ({ roles }) => (
      <span className="flex flex-wrap gap-1">
        {roles.map((role) => (
          <Badge key={role.key}>{role.name}</Badge>
        ))}
      </span>
    ),
    csv: ({ roles }) => roles.map((role) => role.name).join(', '),
  },
  {
    id: 'status',
    header: t('members.column.status'),
    width: '8rem',
    hideBelow: 'md',
    cell: (member) => <State variant="plain" of="resource" value={member.status} />,
    csv: (member) => member.status,
  },
  {
    id: 'joined',
    header: t('members.column.joined'),
    width: '9rem',
    align: 'end',
    hideBelow: 'md',
    cell: (member) => (
      <span className="text-ink-3">
        <Time at={member.joinedAt} />
      </span>
    ),
    csv: (member) => member.joinedAt,
  },
];

/** Who works in this tenant, and with which roles. */
export function MembersPage({ search: { q } }: { search: { q?: string } }) {
  const navigate = useNavigate();
  const mayGrant = useCan('grants:write');
  const source = usePages<Member>('/members', { q });
  const find = useCallback((text: string) => void navigate({ to: '/settings/members', search: text ? { q: text } : {}, replace: true }), [navigate]);
  return (
    <PageFrame
      title={t('members.title')}
      facts={t('members.lead')}
      width="fill"
      actions={
        mayGrant && (
          <Button icon={<UserRoundKey aria-hidden className="size-3.5" />} onClick={() => openOperation({ name: 'grants.create' })}>
            {t('members.grant')}
          </Button>
        )
      }
    >
      <DataTable
        name="members"
        label={t('members.title')}
        columns={useMemo(columns, [])}
        source={source}
        rowId={(member) => member.id}
        toolbar={<SearchInput label={t('members.search')} value={q ?? ''} onChange={find} />}
        empty={
          <EmptyState icon={Users} title={t('members.empty.title')}>
            {t('members.empty.text')}
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
