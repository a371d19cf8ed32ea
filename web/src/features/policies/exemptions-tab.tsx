import { DoorOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { ExemptionDialog } from './exemption-dialog.tsx';
import type { Exemption, PolicySetDetail } from './types.ts';

interface RowProps {
  exemption: Exemption;
  nameOf: (id: string) => string;
  onRevoke: () => void;
}
function Row({ exemption: { policies, users, resources, reason, status, validUntil, createdBy }, nameOf, onRevoke }: RowProps) {
  const blocked = useBlocked('policies:exempt');
  const whom = users === null ? t('policies.exempt.everybody') : users.map(nameOf).join(', ');
  const what = resources === null ? t('policies.exempt.everything') : resources.join(', ');
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
        <p className="flex flex-wrap items-center gap-2">
          <code className="text-xs">{policies.join(', ')}</code>
          <State value={status} variant="plain" />
        </p>
        <p>{t('policies.exempt.line', { whom, what })}</p>
        <blockquote className="mt-1 border-s-2 border-line-strong ps-2.5 text-ink-2">{reason}</blockquote>
        <p className="mt-1 text-xs text-ink-3">
          {createdBy.name} · {t('policies.trial.until')} <Time at={validUntil} />
        </p>
      </div>
      {status === 'active' && (
        <Button size="sm" blocked={blocked} aria-label={t('policies.exempt.end.of', { policies: policies.join(', ') })} onClick={onRevoke}>
          {t('policies.exempt.end')}
        </Button>
      )}
    </li>
  );
}

/** Who is taken out of rules of this set, until when and why. */
export function ExemptionsTab({ set, overridable }: { set: PolicySetDetail; overridable: boolean }) {
  const tell = useTell();
  const people = usePeople('');
  const { rows, loading, error, retry } = usePages<Exemption>('/policy-exemptions', { limit: 200 });
  const mine = rows.filter(({ policies }) => policies.some((rule) => rule.startsWith(`${set.name}/`)));
  const blocked = useBlocked('policies:exempt');
  const [open, setOpen] = useState<Exemption | 'new' | null>(null);
  const reason = set.active === null ? t('policies.exempt.inactive') : overridable ? null : t('policies.exempt.fixed');
  const create = (
    <Button size="sm" blocked={blocked ?? reason} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen('new')}>
      {t('policies.exempt')}
    </Button>
  );
  return (
    <Card flush title={t('policies.exemptions')} aside={create}>
      {error ? (
        <div className="p-4">
          <ProblemView error={error} retry={retry} />
        </div>
      ) : loading ? (
        <div className="p-4">
          <SkeletonText lines={3} />
        </div>
      ) : mine.length === 0 ? (
        <EmptyState icon={DoorOpen} title={t('policies.exemptions.none')}>
          {reason ?? t('policies.exemptions.none.text')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {mine.map((exemption) => (
            <Row
              key={exemption.id}
              exemption={exemption}
              nameOf={(id) => people.find((person) => person.id === id)?.name ?? id}
              onRevoke={() => setOpen(exemption)}
            />
          ))}
        </ul>
      )}
      {open === 'new' && <ExemptionDialog set={set} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && (
        <ReviewDialog
          title={t('policies.exempt.end.of', { policies: open.policies.join(', ') })}
          call={{ method: 'POST', path: `/policy-exemptions/${open.id}/revoke`, body: {} }}
          action={t('policies.exempt.end')}
          touched={['/policy-exemptions']}
          onClose={() => setOpen(null)}
          onOutcome={(outcome) => tell(outcome, t('policies.exempt.ended'))}
        />
      )}
    </Card>
  );
}
