import { Check } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { reachable, STEPS, type Draft, type Step } from './wizard.ts';

/** Where one is, and the way to every step that can be shown. */
export function WizardSteps({ step, draft, onGo }: { step: Step; draft: Draft; onGo: (step: Step) => void }) {
  const limit = STEPS.indexOf(reachable(draft));
  const here = STEPS.indexOf(step);
  return (
    <nav aria-label={t('newServer.steps')}>
      <ol className="flex items-center gap-1 overflow-x-auto border-b border-line pb-3 sm:gap-2">
        {STEPS.map((each, i) => {
          const done = i < limit && i !== here;
          return (
            <li key={each} className="flex items-center gap-1 sm:gap-2">
              {i > 0 && <span aria-hidden className={cx('h-px w-3 sm:w-8', i <= limit ? 'bg-accent' : 'bg-line-strong')} />}
              <button
                type="button"
                disabled={i > limit}
                aria-current={i === here ? 'step' : undefined}
                onClick={() => onGo(each)}
                className={cx(
                  'flex h-8 items-center gap-2 rounded-md px-1.5 text-sm whitespace-nowrap disabled:text-ink-3 pointer-coarse:h-10',
                  i === here ? 'font-semibold text-ink' : 'text-ink-2 enabled:hover:bg-hover',
                )}
              >
                <span
                  aria-hidden
                  className={cx(
                    'grid size-5 shrink-0 place-items-center rounded-full border text-2xs font-semibold',
                    i === here ? 'border-accent-fill bg-accent-fill text-white' : done ? 'border-accent text-accent' : 'border-line-control',
                  )}
                >
                  {done ? <Check className="size-3" strokeWidth={3} /> : i + 1}
                </span>
                <span className={cx(i !== here && 'max-sm:sr-only')}>{t(`newServer.step.${each}`)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
