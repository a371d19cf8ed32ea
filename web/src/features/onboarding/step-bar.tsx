import { Check } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { isOpen, STEPS, type Progress, type Step } from './steps.ts';

/** Where one is, and the way to every step that can be shown. */
export function StepBar({ step, progress, onGo }: { step: Step; progress: Progress; onGo: (step: Step) => void }) {
  const here = STEPS.indexOf(step);
  return (
    <nav aria-label={t('onboarding.steps')}>
      <ol className="flex items-center gap-1 overflow-x-auto py-1">
        {STEPS.map((each, i) => (
          <li key={each} className="flex min-w-0 flex-1 flex-col">
            <button
              type="button"
              disabled={!isOpen(each, progress)}
              aria-current={i === here ? 'step' : undefined}
              onClick={() => onGo(each)}
              className={cx(
                'flex min-h-8 flex-col gap-1.5 rounded-sm text-start text-xs',
                i === here ? 'font-semibold text-ink' : 'text-ink-3 enabled:hover:text-ink',
              )}
            >
              <span aria-hidden className={cx('h-1 w-full rounded-full', i <= here ? 'bg-accent-fill' : 'bg-press')} />
              <span className="flex items-center gap-1 whitespace-nowrap">
                {i < here && <Check aria-hidden className="size-3 shrink-0" strokeWidth={3} />}
                {t(`onboarding.step.${each}`)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
