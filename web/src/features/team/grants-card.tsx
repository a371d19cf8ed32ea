import { Plus, UserRoundKey } from 'lucide-react';
import { useState } from 'react';
import { ScopeView } from '#features/access/scope-view.tsx';
import { NoRows, Rows } from '#features/account/rows.tsx';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { Grant, Member } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { TICK_MS, useNow } from '#lib/now.ts';
import { usePages } from '#lib/pages.ts';
import { useCan, useMe } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { GrantDialog } from './grant-dialog.tsx';
import { MEMBER_LISTS } from './member-dialogs.tsx';
import { MainRoleDialog } from './main-role-dialog.tsx';

/** Why nobody changes their own rights, or null. */
export function useGrantBlocked(member: Member): string | null {
  const { actor } = useMe();
  const blocked = useBlocked('grants:write');
  return member.id === actor.id ? t('team.self') : blocked;
}

function GrantRow({ grant, blocked, onRevoke }: { grant: Grant; blocked: string | null; onRevoke: () => void }) {
  // The shared clock is some seconds behind, and what was given just now has begun.
  const later = Date.parse(grant.validFrom) - useNow() > TICK_MS;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="flex min-w-0 flex-[1_1_16rem] flex-col gap-1.5">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {grant.role.name}
          {later && <Badge tone="warn">{t('grants.later')}</Badge>}
        </p>
        <ScopeView scope={grant.scope} />
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-2">
          <span>{grant.reason}</span>
          <span>
            {grant.grantedBy ? t('grants.by', { name: grant.grantedBy.name }) : t('grants.bySystem')} <Time at={grant.createdAt} />
          </span>
          {grant.validUntil && (
            <span className="text-warn">
              {t('grants.until')} <Time at={grant.validUntil} />
            </span>
          )}
        </p>
      </div>
      <Button
        size="sm"
        variant="ghost"
        blocked={grant.role.key === 'owner' ? t('grants.owner') : blocked}
        aria-label={t('grants.revoke.of', { role: grant.role.name })}
        onClick={onRevoke}
      >
        {t('grants.revoke')}
      </Button>
    </li>
  );
}

function List({ member, blocked }: { member: Member; blocked: string | null }) {
  const tell = useTell();
  const { rows, loading, error, retry, hasMore, loadMore } = usePages<Grant>('/grants', { subjectId: member.id });
  const [revoking, setRevoking] = useState<Grant | null>(null);
  if (error && rows.length === 0)
    return (
      <div className="p-4">
        <ProblemView error={error} retry={retry} />
      </div>
    );
  if (loading)
    return (
      <div className="p-4">
        <SkeletonText />
      </div>
    );
  return (
    <>
      {rows.length === 0 ? (
        <NoRows>{t('grants.none')}</NoRows>
      ) : (
        <Rows label={t('grants.title')}>
          {rows.map((grant) => (
            <GrantRow key={grant.id} grant={grant} blocked={blocked} onRevoke={() => setRevoking(grant)} />
          ))}
        </Rows>
      )}
      {hasMore && (
        <Button variant="link" size="sm" className="m-3" onClick={loadMore}>
          {t('table.more', { count: rows.length, shown: rows.length })}
        </Button>
      )}
      {revoking && (
        <ReviewDialog
          title={t('grants.revoke.of', { role: revoking.role.name })}
          call={{ method: 'DELETE', path: `/grants/${revoking.id}` }}
          action={t('grants.revoke')}
          danger
          touched={MEMBER_LISTS}
          onClose={() => setRevoking(null)}
          onOutcome={(outcome) => tell(outcome, t('grants.revoked', { role: revoking.role.name, name: member.name }))}
        />
      )}
    </>
  );
}

/** Roles of a person, each with what it reaches. */
export function GrantsCard({ member }: { member: Member }) {
  const mayRead = useCan('grants:read');
  const blocked = useGrantBlocked(member);
  const [open, setOpen] = useState<'grant' | 'main' | null>(null);
  const owner = member.roles.some(({ key }) => key === 'owner');
  return (
    <Card
      flush
      title={t('grants.title')}
      aside={
        <>
          <Button
            size="sm"
            variant="ghost"
            blocked={owner ? t('grants.owner') : blocked}
            icon={<UserRoundKey aria-hidden className="size-3.5" />}
            onClick={() => setOpen('main')}
          >
            {t('grants.main')}
          </Button>
          <Button size="sm" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen('grant')}>
            {t('members.grant')}
          </Button>
        </>
      }
    >
      {mayRead ? <List member={member} blocked={blocked} /> : <NoRows>{t('blocked.permission', { permission: 'grants:read' })}</NoRows>}
      {open === 'grant' && <GrantDialog member={member} onClose={() => setOpen(null)} />}
      {open === 'main' && <MainRoleDialog member={member} onClose={() => setOpen(null)} />}
    </Card>
  );
}
