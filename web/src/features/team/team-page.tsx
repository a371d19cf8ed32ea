import { Link, useNavigate } from '@tanstack/react-router';
import { ListFilter, UserRoundPlus, Users } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { rolesQuery } from '#features/access/api.ts';
import type { Member } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import type { Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { stateText } from '#ui/state.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { MemberCompact, memberColumns } from './columns.tsx';
import { chosen, isFiltered, membersQuery, STATUSES, type TeamSearch } from './filters.ts';
import { InvitationsTab } from './invitations-tab.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberDrawer } from './member-drawer.tsx';

type Show = (next: Loose<TeamSearch>) => void;

const Empty = ({ filtered, invite }: { filtered: boolean; invite: () => void }) =>
  filtered ? (
    <EmptyState
      icon={ListFilter}
      title={t('members.empty.title')}
      action={
        <Button asChild>
          <Link to="/settings/team" search={{}}>
            {t('team.filter.clear')}
          </Link>
        </Button>
      }
    >
      {t('members.empty.text')}
    </EmptyState>
  ) : (
    <EmptyState icon={Users} title={t('team.empty.title')} action={<Button onClick={invite}>{t('team.invite')}</Button>}>
      {t('team.empty.text')}
    </EmptyState>
  );

function Members({ search, show, invite }: { search: TeamSearch; show: Show; invite: () => void }) {
  const source = usePages<Member>('/members', membersQuery(search));
  const roles = useQuery({ ...rolesQuery, enabled: useCan('roles:read') }).data ?? [];
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  return (
    <DataTable
      name="team"
      label={t('team.members')}
      className="flex-1"
      columns={useMemo(memberColumns, [])}
      source={source}
      rowId={(member) => member.id}
      compact={(member) => <MemberCompact member={member} />}
      onOpen={(member) => show({ member: member.id })}
      sort={search.sort ?? 'name'}
      onSort={(sort) => show({ sort: sort === 'name' ? undefined : (sort as NonNullable<TeamSearch['sort']>) })}
      empty={<Empty filtered={isFiltered(search)} invite={invite} />}
      toolbar={
        <>
          <SearchInput className="shrink-0" label={t('members.search')} value={search.q ?? ''} onChange={find} />
          {roles.length > 0 && (
            <Filter
              label={t('team.column.roles')}
              value={search.role}
              onChange={(role) => show({ role })}
              choices={roles.map(({ key, name }) => ({ value: key, label: name }))}
            />
          )}
          <Filter
            label={t('team.column.status')}
            value={search.status}
            onChange={(status) => show({ status })}
            choices={STATUSES.map((value) => ({ value, label: stateText(value) }))}
          />
          <Filter
            label={t('team.column.mfa')}
            value={search.mfa}
            onChange={(mfa) => show({ mfa })}
            choices={[
              { value: 'yes', label: t('team.mfa.on') },
              { value: 'no', label: t('team.mfa.off') },
            ]}
          />
          <FilterToggle label={t('team.never')} on={search.never ?? false} onChange={(never) => show({ never })} />
        </>
      }
    />
  );
}

/** Who works here and with which roles, who is invited, and the way to each person's rights. */
export function TeamPage({ search }: { search: TeamSearch }) {
  const navigate = useNavigate();
  const [inviting, setInviting] = useState(false);
  const mayInvite = useCan('users:invite');
  const show = useCallback<Show>(
    (next) => void navigate({ to: '/settings/team', search: (now) => chosen(now as TeamSearch, next), replace: true }),
    [navigate],
  );
  const invite = () => setInviting(true);
  const tab = mayInvite ? (search.tab ?? 'members') : 'members';
  return (
    <PageFrame
      title={t('team.title')}
      facts={t('team.lead')}
      width="fill"
      actions={
        <PermissionGate permission="users:invite">
          {(blocked) => (
            <Button variant="primary" data-hotkey="n" blocked={blocked} icon={<UserRoundPlus aria-hidden className="size-3.5" />} onClick={invite}>
              {t('team.invite')}
            </Button>
          )}
        </PermissionGate>
      }
    >
      <Tabs
        fill
        label={t('team.title')}
        value={tab}
        onChange={(next) => show({ tab: next === 'members' ? undefined : next })}
        tabs={[
          { value: 'members', label: t('team.members'), content: <Members search={search} show={show} invite={invite} /> },
          ...(mayInvite
            ? [
                {
                  value: 'invitations' as const,
                  label: t('team.invitations'),
                  content: <InvitationsTab search={search} show={show} invite={invite} />,
                },
              ]
            : []),
        ]}
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} onSent={() => show({ tab: 'invitations', state: undefined })} />}
      {search.member && <MemberDrawer key={search.member} id={search.member} onClose={() => show({ member: undefined })} />}
    </PageFrame>
  );
}
