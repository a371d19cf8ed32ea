import { CircleCheck, ShieldQuestion } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { Requirement } from '#lib/types.ts';

/** Who must agree before it is carried out, and the rule that says so, in its own words. */
export const Agreement = ({ requirements }: { requirements: readonly Requirement[] }) =>
  requirements.length === 0 ? (
    <p className="flex items-start gap-2 text-ink-2">
      <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
      {t('run.agree.none')}
    </p>
  ) : (
    <ul className="flex flex-col gap-3">
      {requirements.map(({ rule, text, count }) => (
        <li key={rule} className="flex items-start gap-2">
          <ShieldQuestion aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          <div className="min-w-0">
            <p className="font-medium">{t('run.agree.count', { count })}</p>
            <p className="text-xs text-ink-3">{t('change.approval.because', { name: rule })}</p>
            <blockquote className="mt-1 border-s-2 border-line-strong ps-2.5 text-ink-2">{text}</blockquote>
          </div>
        </li>
      ))}
    </ul>
  );
