import { OctagonAlert, TriangleAlert } from 'lucide-react';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Plan } from '#lib/types.ts';
import { DiffView } from '#ui/diff-view.tsx';

const count = (plan: Plan, action: string): number => plan.changes.filter((change) => change.action === action).length;
/** "1 to create, 0 to update, 0 to delete" */
export const planCounts = (plan: Plan): string =>
  t('change.plan.counts', { creates: count(plan, 'create'), updates: count(plan, 'update'), deletes: count(plan, 'delete') });

/** What must be seen before anything else: loss of data and the plan's warnings. */
const PlanWarnings = ({ plan }: { plan: Plan }) =>
  plan.dataLoss === null && plan.warnings.length === 0 ? null : (
    <ul aria-label={t('change.warnings')} className="flex flex-col divide-y divide-line border-b border-line">
      {plan.dataLoss !== null && (
        <li className="flex items-start gap-2 bg-bad-wash px-4 py-2 font-medium text-bad">
          <OctagonAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t('change.dataLoss', { text: plan.dataLoss })}
        </li>
      )}
      {plan.warnings.map((warning) => (
        <li key={warning} className="flex items-start gap-2 bg-warn-wash px-4 py-2 text-ink">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          {warning}
        </li>
      ))}
    </ul>
  );

/** A plan as people read it: warnings, what changes field by field, the steps it takes. */
export const PlanView = ({ plan, steps = true }: { plan: Plan; steps?: boolean }) => (
  <>
    <PlanWarnings plan={plan} />
    {plan.changes.length === 0 ? <p className="p-4 text-ink-2">{t('change.plan.nothing')}</p> : <DiffView changes={plan.changes} />}
    {steps && plan.steps.length > 0 && (
      <div className="border-t border-line px-4 py-3">
        <h3 className="mb-1.5 text-xs font-medium text-ink-3">{t('change.plan.steps')}</h3>
        <ol className="flex flex-col gap-1">
          {plan.steps.map((step, i) => (
            <li key={i} className="flex items-baseline gap-2">
              <span className="w-4 text-end text-xs text-ink-3">{i + 1}</span>
              <span className="flex-1">{step.title}</span>
              {step.seconds !== undefined && <span className="text-xs text-ink-3">{t('change.plan.about', { time: duration(step.seconds) })}</span>}
            </li>
          ))}
        </ol>
      </div>
    )}
  </>
);
