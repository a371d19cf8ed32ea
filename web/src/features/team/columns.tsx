import { Bot, ShieldCheck, ShieldOff } from 'lucide-react';
import type { Member } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { Avatar } from './avatar.tsx';

export const Who = ({ member }: { member: Member }) => (
  <span className="flex min-w-0 items-center gap-2.5">
    <Avatar name={member.name} url={member.avatarUrl} />
    <span className="min-w-0">
      <span className="flex items-center gap-1.5 font-medium">
        <span className="truncate">{member.name}</span>
        {member.kind === 'service' && (
          <Badge tone="outline" icon={<Bot aria-hidden />}>
            {t('team.service')}
          </Badge>
        )}
      </span>
      <span className="block truncate text-xs text-ink-2">{member.kind === 'service' ? t('team.service.text') : member.email}</span>
    </span>
  </span>
);

export const RoleBadges = ({ roles }: { roles: Member['roles'] }) => {
  // Two grants of one role are one role here.
  const names = [...new Map(roles.map(({ key, name }) => [key, name]))];
  return (
    <span className="flex flex-wrap gap-1">
      {names.map(([key, name]) => (
        <Badge key={key}>{name}</Badge>
      ))}
    </span>
  );
};

export const MfaState = ({ on }: { on: boolean }) => (
  <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
    {on ? <ShieldCheck aria-hidden className="size-3.5 text-good" /> : <ShieldOff aria-hidden className="size-3.5 text-ink-3" />}
    {t(on ? 'team.mfa.on' : 'team.mfa.off')}
  </span>
);

export const memberColumns = (): Column<Member>[] => [
  {
    id: 'name',
    header: t('team.column.name'),
    sort: 'name',
    width: '20rem',
    fixed: true,
    cell: (member) => <Who member={member} />,
    csv: (member) => member.name,
  },
  // For the file and for those who like it in a column; the cell of the name shows it too.
  { id: 'email', header: t('team.column.email'), optional: true, cell: (member) => member.email, csv: (member) => member.email },
  {
    id: 'roles',
    header: t('team.column.roles'),
    cell: ({ roles }) => <RoleBadges roles={roles} />,
    csv: ({ roles }) => roles.map((role) => role.name).join(', '),
  },
  {
    id: 'status',
    header: t('team.column.status'),
    width: '8rem',
    hideBelow: 'md',
    cell: (member) => <State variant="plain" of="resource" value={member.status} />,
    csv: (member) => member.status,
  },
  {
    id: 'mfa',
    header: t('team.column.mfa'),
    width: '9rem',
    hideBelow: 'lg',
    cell: ({ kind, mfa }) => (kind === 'service' ? <span className="text-ink-3">–</span> : <MfaState on={mfa} />),
    csv: ({ mfa }) => (mfa ? 'yes' : 'no'),
  },
  {
    id: 'seen',
    header: t('team.column.seen'),
    sort: 'lastLoginAt',
    width: '9rem',
    align: 'end',
    hideBelow: 'md',
    cell: ({ lastLoginAt }) => <span className="text-ink-2">{lastLoginAt ? <Time at={lastLoginAt} /> : t('time.never')}</span>,
    csv: ({ lastLoginAt }) => lastLoginAt,
  },
  {
    id: 'joined',
    header: t('team.column.joined'),
    sort: 'joinedAt',
    width: '9rem',
    align: 'end',
    hideBelow: 'xl',
    cell: (member) => (
      <span className="text-ink-2">
        <Time at={member.joinedAt} />
      </span>
    ),
    csv: (member) => member.joinedAt,
  },
];

/** The whole row in one cell, where there is no room for columns. */
export const MemberCompact = ({ member }: { member: Member }) => (
  <div className="flex flex-col gap-1.5 py-1">
    <Who member={member} />
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <RoleBadges roles={member.roles} />
      {member.status === 'suspended' && <State variant="plain" of="resource" value={member.status} />}
    </span>
  </div>
);
