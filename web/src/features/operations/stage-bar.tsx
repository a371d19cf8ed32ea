import { Check } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import type { Stage } from './runner.ts';

const STAGES: readonly Stage[] = ['input', 'plan', 'result'];

/** Where one is between filling in and the result. */
export function StageBar({ stage }: { stage: Stage }) {
  const here = STAGES.indexOf(stage);
  return (
    <ol aria-label={t('run.stages')} className="flex border-b border-line px-5">
      {STAGES.map((each, i) => (
        <li
          key={each}
          aria-current={i === here ? 'step' : undefined}
          className={cx(
            '-mb-px flex h-9 items-center gap-1.5 border-b-2 pe-5 text-xs',
            i === here ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-3',
          )}
        >
          <span
            className={cx(
              'grid size-4 place-items-center rounded-full text-[10px] font-semibold',
              i < here ? 'bg-good-wash text-good' : i === here ? 'bg-accent-fill text-white' : 'bg-quiet-wash text-ink-2',
            )}
          >
            {i < here ? <Check aria-hidden className="size-2.5" strokeWidth={3.5} /> : i + 1}
          </span>
          {t(`run.stage.${each}`)}
        </li>
      ))}
    </ol>
  );
}
