import { CircleCheck, ShieldQuestion } from 'lucide-react';
import { peopleNeeded } from '#features/changes/people-needed.ts';
import { t } from '#lib/i18n.ts';
import type { Requirement } from '#lib/types.ts';

/** Who must agree before it is carried out, and the rules that say so, in their own words. One approval answers several rules. */
export const Agreement = ({ requirements }: { requirements: readonly Requirement[] }) =>
  requirements.length === 0 ? (
    <p className="flex items-start gap-2 text-ink-2">
      <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
      {t('run.agree.none')}
    </p>
  ) : (
    <div className="flex items-start gap-2">
      <ShieldQuestion aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0">
        <p className="font-medium">{t('run.agree.count', { count: peopleNeeded(requirements) })}</p>
        <ul className="mt-1.5 flex flex-col gap-2">
          {requirements.map(({ rule, text }) => (
            <li key={rule}>
              <p className="text-xs text-ink-3">{t('change.approval.because', { name: rule })}</p>
              <blockquote className="mt-0.5 border-s-2 border-line-strong ps-2.5 text-ink-2">{text}</blockquote>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
