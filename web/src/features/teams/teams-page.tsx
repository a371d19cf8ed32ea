import { useNavigate } from '@tanstack/react-router';
import { Pencil, Plus, Trash2, UserRoundPen, UsersRound } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate, useBlocked } from '#ui/permission-gate.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { NewTeamDialog, TeamDialog } from './team-dialog.tsx';
import type { Team } from './types.ts';

type Act = 'name' | 'members' | 'delete';
interface ActsProps {
  team: Team;
  onAct: (act: Act, team: Team) => void;
}
const ACTS = [['members', UserRoundPen], ['name', Pencil], ['delete', Trash2]] as const; // prettier-ignore
const LABELS = { members: 'teams.people.of', name: 'teams.edit.of', delete: 'teams.delete.of' } as const;

function Acts({ team, onAct }: ActsProps) {
  const blocked = useBlocked('teams:write');
  return (
    <span className="inline-flex gap-1">
      {ACTS.map(([act, Icon]) => (
        <Button
          key={act}
          size="icon-sm"
          variant="ghost"
          blocked={blocked}
          aria-label={t(LABELS[act], { name: team.name })}
          onClick={() => onAct(act, team)}
        >
          <Icon aria-hidden className="size-3.5" />
        </Button>
      ))}
    </span>
  );
}
const Name = ({ team }: { team: Team }) => (
  <span className="min-w-0">
    <span className="font-medium">{team.name}</span> <code className="text-xs text-ink-3">{team.slug}</code>
    {team.description && <span className="block text-xs text-ink-2">{team.description}</span>}
  </span>
);
const People = ({ team }: { team: Team }) =>
  team.members.length === 0 ? (
    <span className="text-warn">{t('teams.nobody')}</span>
  ) : (
    <span className="line-clamp-2 text-ink-2">
      {team.members.map(({ name, active }) => (active ? name : t('teams.suspended', { name }))).join(', ')}
    </span>
  );

const columns = (onAct: ActsProps['onAct']): Column<Team>[] => [
  { id: 'name', header: t('roles.name'), width: '20rem', fixed: true, cell: (team) => <Name team={team} />, csv: ({ slug }) => slug },
  {
    id: 'people',
    header: t('teams.people'),
    cell: (team) => <People team={team} />,
    csv: ({ members }) => members.map(({ name }) => name).join('; '),
  },
  { id: 'acts', header: t('keys.column.actions'), width: '8rem', align: 'end', fixed: true, cell: (team) => <Acts team={team} onAct={onAct} /> },
];

/** People under one name, for rules to ask together. */
export function TeamsPage({ q }: { q: string | undefined }) {
  const navigate = useNavigate();
  const tell = useTell();
  const source = usePages<Team>('/teams', { q });
  const [open, setOpen] = useState<{ act: Act; team: Team } | 'new' | null>(null);
  const onAct = useCallback((act: Act, team: Team) => setOpen({ act, team }), []);
  const find = useCallback((text: string) => void navigate({ to: '/settings/teams', search: text ? { q: text } : {}, replace: true }), [navigate]);
  const close = () => setOpen(null);
  const create = (
    <PermissionGate permission="teams:write">
      {(blocked) => (
        <Button variant="primary" data-hotkey="n" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen('new')}>
          {t('teams.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <PageFrame title={t('teams.title')} facts={t('teams.lead')} width="fill" actions={create}>
      <DataTable
        name="teams"
        label={t('teams.title')}
        className="flex-1"
        columns={useMemo(() => columns(onAct), [onAct])}
        source={source}
        rowId={(team) => team.id}
        compact={(team) => (
          <div className="flex items-start gap-2 py-1">
            <div className="flex min-w-0 flex-1 flex-col gap-1.5">
              <Name team={team} />
              <People team={team} />
            </div>
            <Acts team={team} onAct={onAct} />
          </div>
        )}
        toolbar={<SearchInput label={t('teams.search')} value={q ?? ''} onChange={find} />}
        empty={
          <EmptyState icon={UsersRound} title={t('teams.empty.title')} action={create}>
            {t('teams.empty.text')}
          </EmptyState>
        }
      />
      {open === 'new' && <NewTeamDialog onClose={close} />}
      {open !== null && open !== 'new' && open.act !== 'delete' && <TeamDialog team={open.team} part={open.act} onClose={close} />}
      {open !== null && open !== 'new' && open.act === 'delete' && (
        <ReviewDialog
          title={t('teams.delete.of', { name: open.team.name })}
          description={t('teams.delete.text')}
          call={{ method: 'DELETE', path: `/teams/${open.team.id}`, ifMatch: open.team.version }}
          action={t('teams.delete')}
          danger
          touched={['/teams']}
          onClose={close}
          onOutcome={(outcome) => tell(outcome, t('teams.deleted', { name: open.team.name }))}
        />
      )}
    </PageFrame>
  );
}
