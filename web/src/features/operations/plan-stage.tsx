import { ShieldCheck, ShieldQuestion } from 'lucide-react';
import { Impact } from '#features/changes/impact.tsx';
import { peopleNeeded } from '#features/changes/people-needed.ts';
import { planCounts, PlanView } from '#features/changes/plan-view.tsx';
import { t } from '#lib/i18n.ts';
import type { Preview } from '#lib/types.ts';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import type { Runner } from './runner.ts';

/** The plan before anything happens: what changes, what it costs, who must agree. */
export const PlanStage = ({ preview, runner }: { preview: Preview; runner: Runner }) => {
  const { plan, risk, requirements } = preview;
  return (
    <div className="flex flex-col gap-4 p-5">
      {runner.problem && <ProblemView error={runner.problem} />}
      <div>
        <div className="flex flex-wrap items-center gap-2">
          <p className="text-base font-semibold">{plan.summary}</p>
          <RiskBadge risk={risk} />
        </div>
        <p className="mt-0.5 text-ink-2">{t('run.planned')}</p>
      </div>
      <Card flush title={t('change.plan')} aside={planCounts(plan)}>
        <PlanView plan={plan} />
      </Card>
      <div className="grid gap-4 sm:grid-cols-2">
        <Card title={t('change.impact')}>
          <Impact plan={plan} />
        </Card>
        <Card title={t('run.agree')}>
          {requirements.length === 0 ? (
            <p className="flex gap-2 text-ink-2">
              <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
              {t('run.agree.none')}
            </p>
          ) : (
            <div className="flex gap-2">
              <ShieldQuestion aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
              <div className="min-w-0">
                {/* Rules are joined: one person's approval counts for each of them. */}
                <p className="font-medium">{t('run.agree.count', { count: peopleNeeded(requirements) })}</p>
                <ul className="mt-2 flex flex-col gap-2.5">
                  {requirements.map((requirement) => (
                    <li key={requirement.rule}>
                      <blockquote className="border-s-2 border-accent ps-2.5 text-ink-2">{requirement.text}</blockquote>
                      <p className="mt-0.5 ps-3 text-xs text-ink-3">{t('change.approval.because', { name: requirement.rule })}</p>
                    </li>
                  ))}
                </ul>
              </div>
            </div>
          )}
        </Card>
      </div>
    </div>
  );
};
