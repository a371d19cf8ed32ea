import { cx } from '#lib/cx.ts';
import { duration, words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';

/** The order of the Gate. The record is a map, and maps of the database keep none. */
const ORDER = [
  'authenticate',
  'tenant',
  'rateLimit',
  'permission',
  'validate',
  'targets',
  'scope',
  'policy',
  'plan',
  'change',
  'run',
  'audit',
] as const;
type Known = (typeof ORDER)[number];
const known = (step: string): Known | undefined => ORDER.find((each) => each === step);
const place = (step: string): number => {
  const name = known(step);
  return name ? ORDER.indexOf(name) : ORDER.length;
};
const stepText = (step: string): string => {
  const name = known(step);
  return name ? t(`audit.step.${name}`) : words(step);
};

/** Steps as they ran; unknown ones at the end. */
export const inGateOrder = (timings: Record<string, number>): [step: string, ms: number][] =>
  Object.entries(timings).sort(([a], [b]) => place(a) - place(b));

export interface GateStepsProps {
  /** Milliseconds by step. */
  timings: Record<string, number>;
  /** The step that refused. */
  refusedAt: string | null;
}

/** The steps of the Gate as bars, each beginning where the one before ended. */
export function GateSteps({ timings, refusedAt }: GateStepsProps) {
  const steps = inGateOrder(timings);
  const all = steps.reduce((sum, [, ms]) => sum + ms, 0) || 1;
  let begun = 0;
  return (
    <table className="w-full max-w-2xl">
      <caption className="sr-only">{t('audit.steps')}</caption>
      <tbody>
        {steps.map(([step, ms]) => {
          const start = begun;
          begun += ms;
          const bad = step === refusedAt;
          return (
            <tr key={step} className="h-6">
              <th scope="row" className={cx('w-36 pe-3 text-start text-xs font-normal', bad ? 'text-bad' : 'text-ink-2')}>
                {stepText(step)}
                {bad && <span className="ms-1 font-medium">· {t('audit.refusedHere')}</span>}
              </th>
              <td aria-hidden className="align-middle">
                <span className="block h-2 rounded-full bg-press">
                  <span
                    className={cx('block h-2 min-w-0.5 rounded-full', bad ? 'bg-bad' : 'bg-accent')}
                    style={{ marginInlineStart: `${(98 * start) / all}%`, width: `${Math.max(0.5, (98 * ms) / all)}%` }}
                  />
                </span>
              </td>
              <td className="w-20 ps-3 text-end text-xs text-ink-3 tabular-nums">{ms < 1 ? `${ms.toFixed(2)} ms` : duration(ms / 1000)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
