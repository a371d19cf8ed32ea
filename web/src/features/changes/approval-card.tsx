import { CircleCheck, CircleX, ShieldQuestion } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { t } from '#lib/i18n.ts';
import type { Approval, Decision } from '#lib/types.ts';
import { Card } from '#ui/card.tsx';
import { Progress } from '#ui/progress.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';

const Verdict = ({ decision }: { decision: Decision }) => {
  const good = decision.verdict === 'approved';
  const Icon = good ? CircleCheck : CircleX;
  return (
    <li className="flex gap-2.5">
      <Icon aria-hidden className={good ? 'mt-0.5 size-4 shrink-0 text-good' : 'mt-0.5 size-4 shrink-0 text-bad'} />
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-medium">{decision.by.name}</span> {t(`change.verdict.${decision.verdict}`)}{' '}
          <span className="text-xs text-ink-3">
            <Time at={decision.at} />
          </span>
        </p>
        {decision.comment && <blockquote className="mt-1 border-s-2 border-line-strong ps-2.5 text-ink-2">{decision.comment}</blockquote>}
      </div>
    </li>
  );
};

const isOpen = ({ status }: Approval): boolean => status === 'pending' || status === 'partially_approved';

/** Who must agree and why, in the rule's own words; who has decided and what they said. */
export const ApprovalCard = ({ approval }: { approval: Approval | null }) => (
  <Card title={t('change.approval')} aside={approval && <State value={approval.status === 'pending' ? 'awaiting_approval' : approval.status} />}>
    {approval === null ? (
      <p className="text-ink-2">{t('change.approval.none')}</p>
    ) : (
      <div className="flex flex-col gap-3.5">
        <div>
          <p className="text-xs text-ink-3">{t('change.approval.because', { name: approval.rule.name })}</p>
          <blockquote className="mt-1 border-s-2 border-accent ps-2.5 text-ink">{approval.rule.text}</blockquote>
        </div>
        <div className="flex flex-col gap-1.5">
          <div className="flex justify-between gap-2 text-xs text-ink-2">
            <span>{t('change.approval.count', { count: approval.count, given: approval.given })}</span>
            {isOpen(approval) && approval.expiresAt && (
              <span className="text-ink-3">
                {t('change.approval.expires')} <Time at={approval.expiresAt} />
              </span>
            )}
          </div>
          <Progress
            label={t('change.approval.count', { count: approval.count, given: approval.given })}
            value={(100 * approval.given) / Math.max(1, approval.count)}
            tone={approval.status === 'rejected' ? 'bad' : 'good'}
          />
        </div>
        {approval.decisions.length > 0 ? (
          <ul className="flex flex-col gap-3">
            {approval.decisions.map((decision) => (
              <Verdict key={`${decision.by.id}-${decision.at}`} decision={decision} />
            ))}
          </ul>
        ) : (
          isOpen(approval) && (
            <p className="flex items-center gap-2 text-ink-2">
              <ShieldQuestion aria-hidden className="size-4 shrink-0 text-warn" />
              {t('change.approval.waiting')}
            </p>
          )
        )}
        <Link to="/approvals/$id" params={{ id: approval.id }} className="text-accent hover:underline">
          {t('change.approval.open')}
        </Link>
      </div>
    )}
  </Card>
);
