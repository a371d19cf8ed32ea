import { cx } from '#lib/cx.ts';
import { duration, words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';

export interface GateStepsProps {
  /** Milliseconds by step, in the order they ran. */
  timings: Record<string, number>;
  /** The step that refused. */
  refusedAt: string | null;
}

/** The steps of the Gate as bars, each beginning where the one before ended. */
export function GateSteps({ timings, refusedAt }: GateStepsProps) {
  const steps = Object.entries(timings);
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
                {words(step)}
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
