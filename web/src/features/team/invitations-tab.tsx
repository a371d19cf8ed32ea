import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Mail, MailX, RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ScopeView } from '#features/access/scope-view.tsx';
import type { Invitation } from '#features/settings/types.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import type { Loose } from '#lib/search.ts';
import { useMe } from '#lib/session.ts';
import { useTell } from '#features/review/submit.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { State, stateText } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { INVITATION_STATES, type TeamSearch } from './filters.ts';

/** The server's own limit for one invitation. */
const MOST_RESENDS = 5;

const Roles = ({ invitation }: { invitation: Invitation }) => (
  <span className="flex flex-wrap gap-1">
    {invitation.roles.map((role) => (
      <Badge key={role.id}>{role.name}</Badge>
    ))}
  </span>
);

function Acts({ invitation, onRevoke }: { invitation: Invitation; onRevoke: (invitation: Invitation) => void }) {
  const client = useQueryClient();
  const tell = useTell();
  const { tenant } = useMe();
  const { email } = invitation;
  const resend = useMutation({
    mutationFn: () => run<Invitation>('POST', `/invitations/${invitation.id}/resend`, { body: {} }),
    onSuccess: (outcome) => {
      tell(outcome, t('team.resent', { email }));
      return client.invalidateQueries({ queryKey: [`/tenants/${tenant.id}/invitations`] });
    },
    onError: toast.failed,
  });
  if (invitation.state !== 'pending') return null;
  return (
    <span className="inline-flex gap-1">
      <Button
        variant="ghost"
        size="sm"
        busy={resend.isPending}
        blocked={invitation.resends >= MOST_RESENDS ? t('team.resend.most', { count: MOST_RESENDS }) : null}
        icon={<RotateCw aria-hidden className="size-3.5" />}
        aria-label={t('team.resend.of', { email })}
        onClick={() => resend.mutate()}
      >
        {t('team.resend')}
      </Button>
      <Button
        variant="ghost"
        size="sm"
        icon={<MailX aria-hidden className="size-3.5" />}
        aria-label={t('team.revoke.of', { email })}
        onClick={() => onRevoke(invitation)}
      >
        {t('team.revoke')}
      </Button>
    </span>
  );
}

const columns = (onRevoke: (invitation: Invitation) => void): Column<Invitation>[] => [
  {
    id: 'email',
    header: t('team.column.email'),
    fixed: true,
    cell: ({ email }) => <span className="font-medium [overflow-wrap:anywhere]">{email}</span>,
    csv: ({ email }) => email,
  },
  { id: 'roles', header: t('team.column.roles'), cell: (invitation) => <Roles invitation={invitation} />, csv: ({ roles }) => roles.map(({ name }) => name).join(', ') },
  { id: 'scope', header: t('scope.title'), hideBelow: 'lg', cell: ({ scope }) => <ScopeView scope={scope} /> },
  { id: 'state', header: t('team.column.status'), width: '8rem', hideBelow: 'md', cell: ({ state }) => <State variant="plain" value={state} />, csv: ({ state }) => state },
  { id: 'by', header: t('team.column.by'), width: '10rem', hideBelow: 'xl', cell: ({ invitedBy }) => <span className="text-ink-2">{invitedBy.name}</span>, csv: ({ invitedBy }) => invitedBy.name },
  { id: 'expires', header: t('team.column.expires'), width: '8rem', hideBelow: 'sm', cell: ({ expiresAt }) => <Time at={expiresAt} />, csv: ({ expiresAt }) => expiresAt },
  { id: 'acts', header: t('keys.column.actions'), width: '15rem', align: 'end', fixed: true, cell: (invitation) => <Acts invitation={invitation} onRevoke={onRevoke} /> },
]; // prettier-ignore

const Compact = ({ invitation, onRevoke }: { invitation: Invitation; onRevoke: (invitation: Invitation) => void }) => (
  <div className="flex flex-col gap-1.5 py-1">
    <span className="font-medium [overflow-wrap:anywhere]">{invitation.email}</span>
    <span className="flex flex-wrap items-center gap-2">
      <Roles invitation={invitation} />
      <State variant="plain" value={invitation.state} />
      <span className="text-xs text-ink-2">
        {t('team.column.expires')} <Time at={invitation.expiresAt} />
      </span>
    </span>
    <Acts invitation={invitation} onRevoke={onRevoke} />
  </div>
);

export interface InvitationsTabProps {
  search: TeamSearch;
  show: (next: Loose<TeamSearch>) => void;
  invite: () => void;
}
/** Who was asked to join and has not answered; with another filter also what became of the others. */
export function InvitationsTab({ search, show, invite }: InvitationsTabProps) {
  const client = useQueryClient();
  const tell = useTell();
  const { tenant } = useMe();
  const path = `/tenants/${tenant.id}/invitations`;
  const source = usePages<Invitation>(path, { state: search.state ?? 'pending' });
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const revoke = async (invitation: Invitation) => {
    tell(await run('DELETE', `/invitations/${invitation.id}`), t('team.revoked', { email: invitation.email }));
    await client.invalidateQueries({ queryKey: [path] });
  };
  return (
    <>
      <DataTable
        name="invitations"
        label={t('team.invitations')}
        className="flex-1"
        columns={useMemo(() => columns(setRevoking), [])}
        source={source}
        rowId={(invitation) => invitation.id}
        compact={(invitation) => <Compact invitation={invitation} onRevoke={setRevoking} />}
        toolbar={
          <Filter
            label={t('team.column.status')}
            value={search.state ?? 'pending'}
            onChange={(state) => show({ state: state === 'pending' ? undefined : state })}
            choices={INVITATION_STATES.map((value) => ({ value, label: stateText(value) }))}
          />
        }
        empty={
          <EmptyState icon={Mail} title={t('team.invitations.empty.title')} action={<Button onClick={invite}>{t('team.invite')}</Button>}>
            {t('team.invitations.empty.text')}
          </EmptyState>
        }
      />
      {revoking && (
        <Confirm
          open
          danger
          onOpenChange={(open) => !open && setRevoking(null)}
          title={t('team.revoke.of', { email: revoking.email })}
          action={t('team.revoke')}
          onConfirm={() => revoke(revoking)}
        >
          {t('team.revoke.text')}
        </Confirm>
      )}
    </>
  );
}
