import { Plus, UserMinus, Wrench } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { MEMBERS, useAct } from './act.ts';
import type { Member } from './types.ts';

function MemberRow({ member }: { member: Member }) {
  const act = useAct();
  const blocked = useBlocked('exchange:manage');
  const { id, connectionId, nodeId, asn, participant, fabric, authorized, addresses } = member;
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 px-4 py-2">
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-mono">{nodeId}</span>
        <span>
          AS{asn} {participant}
        </span>
        <span className="text-ink-2">{fabric}</span>
        <Badge tone={authorized ? 'good' : 'warn'}>{t(authorized ? 'zerotier.authorized' : 'zerotier.unauthorized')}</Badge>
        <span className="font-mono text-xs text-ink-2 [overflow-wrap:anywhere]">{addresses.join(', ')}</span>
      </span>
      <span className="flex flex-wrap gap-2">
        <Button
          size="sm"
          variant="ghost"
          blocked={blocked}
          icon={<Wrench aria-hidden className="size-3.5" />}
          onClick={() => act('members.authorize', { connectionId, nodeId })}
        >
          {t('zerotier.again')}
        </Button>
        <Button
          size="sm"
          variant="danger-quiet"
          blocked={blocked}
          icon={<UserMinus aria-hidden className="size-3.5" />}
          onClick={() => act('members.deauthorize', { id })}
        >
          {t('zerotier.off')}
        </Button>
      </span>
    </li>
  );
}

/** Nodes that were let onto the networks of fabrics. */
export function MembersCard() {
  const act = useAct();
  const blocked = useBlocked('exchange:manage');
  const { rows, loading, error, hasMore, loadingMore, loadMore, retry } = usePages<Member>(MEMBERS);
  return (
    <Card
      flush
      title={t('zerotier.members')}
      aside={
        <Button size="sm" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => act('members.authorize')}>
          {t('zerotier.authorize')}
        </Button>
      }
    >
      {error ? (
        <ProblemView error={error} retry={retry} />
      ) : loading ? (
        <div className="p-4">
          <SkeletonText lines={3} />
        </div>
      ) : rows.length === 0 ? (
        <p className="p-4 text-ink-2">{t('zerotier.members.none')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {rows.map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </ul>
      )}
      {hasMore && (
        <div className="p-4">
          <Button size="sm" busy={loadingMore} onClick={loadMore}>
            {t('zerotier.more')}
          </Button>
        </div>
      )}
    </Card>
  );
}
