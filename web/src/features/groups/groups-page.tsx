import { Boxes, Pencil, Plus, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { Group } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate, useBlocked } from '#ui/permission-gate.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { selectorText } from './draft.ts';

const Name = ({ group }: { group: Group }) => (
  <span className="min-w-0">
    <span className="font-medium">{group.name}</span>
    {group.description && <span className="block text-xs text-ink-2">{group.description}</span>}
  </span>
);
const Holds = ({ group }: { group: Group }) => (
  <span className="flex flex-wrap gap-1">
    {group.members.length > 0 && <Badge>{t('groups.content.count', { count: group.members.length })}</Badge>}
    {group.selector && <Badge tone="outline">{selectorText(group)}</Badge>}
    {group.groups.length > 0 && <Badge tone="accent">{t('groups.nested.count', { count: group.groups.length })}</Badge>}
  </span>
);

interface ActsProps {
  group: Group;
  onEdit: (group: Group) => void;
  onDelete: (group: Group) => void;
}
function Acts({ group, onEdit, onDelete }: ActsProps) {
  const blocked = useBlocked('groups:write');
  return (
    <span className="inline-flex gap-1">
      <Button size="icon-sm" variant="ghost" blocked={blocked} aria-label={t('groups.edit.of', { name: group.name })} onClick={() => onEdit(group)}>
        <Pencil aria-hidden className="size-3.5" />
      </Button>
      <Button
        size="icon-sm"
        variant="ghost"
        blocked={blocked}
        aria-label={t('groups.delete.of', { name: group.name })}
        onClick={() => onDelete(group)}
      >
        <Trash2 aria-hidden className="size-3.5" />
      </Button>
    </span>
  );
}

const columns = (acts: Omit<ActsProps, 'group'>): Column<Group>[] => [
  { id: 'name', header: t('roles.name'), width: '20rem', fixed: true, cell: (group) => <Name group={group} />, csv: ({ name }) => name },
  { id: 'content', header: t('groups.content'), cell: (group) => <Holds group={group} />, csv: selectorText },
  {
    id: 'owner',
    header: t('groups.owner'),
    width: '12rem',
    hideBelow: 'md',
    cell: ({ owner }) => owner?.name ?? <span className="text-ink-3">{t('groups.owner.none')}</span>,
    csv: ({ owner }) => owner?.name,
  },
  { id: 'acts', header: t('keys.column.actions'), width: '6rem', align: 'end', fixed: true, cell: (group) => <Acts group={group} {...acts} /> },
];

/** Resources under one name, for grants to reach together. */
export function GroupsPage({ q }: { q: string | undefined }) {
  const navigate = useNavigate();
  const tell = useTell();
  const source = usePages<Group>('/groups', { q });
  const [open, setOpen] = useState<{ act: 'edit' | 'delete'; group: Group } | 'new' | null>(null);
  const acts = useMemo(
    () => ({ onEdit: (group: Group) => setOpen({ act: 'edit', group }), onDelete: (group: Group) => setOpen({ act: 'delete', group }) }),
    [],
  );
  const find = useCallback((text: string) => void navigate({ to: '/settings/groups', search: text ? { q: text } : {}, replace: true }), [navigate]);
  const create = (
    <PermissionGate permission="groups:write">
      {(blocked) => (
        <Button variant="primary" data-hotkey="n" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen('new')}>
          {t('groups.create')}
        </Button>
      )}
    </PermissionGate>
  );
  const close = () => setOpen(null);
  return (
    <PageFrame title={t('groups.title')} facts={t('groups.lead')} width="fill" actions={create}>
      <DataTable
        name="groups"
        label={t('groups.title')}
        className="flex-1"
        columns={useMemo(() => columns(acts), [acts])}
        source={source}
        rowId={(group) => group.id}
        compact={(group) => (
          <div className="flex items-start gap-2 py-1">
            <div className="flex min-w-0 flex-1 flex-col gap-1.5">
              <Name group={group} />
              <Holds group={group} />
            </div>
            <Acts group={group} {...acts} />
          </div>
        )}
        toolbar={<SearchInput label={t('groups.search')} value={q ?? ''} onChange={find} />}
        empty={
          <EmptyState icon={Boxes} title={t('groups.empty.title')} action={create}>
            {t('groups.empty.text')}
          </EmptyState>
        }
      />
      {open === 'new' && <GroupDialog onClose={close} />}
      {open !== null && open !== 'new' && open.act === 'edit' && <GroupDialog group={open.group} onClose={close} />}
      {open !== null && open !== 'new' && open.act === 'delete' && (
        <ReviewDialog
          title={t('groups.delete.of', { name: open.group.name })}
          call={{ method: 'DELETE', path: `/groups/${open.group.id}` }}
          action={t('groups.delete')}
          danger
          touched={['/groups']}
          onClose={close}
          onOutcome={(outcome) => tell(outcome, t('groups.deleted', { name: open.group.name }))}
        />
      )}
    </PageFrame>
  );
}
