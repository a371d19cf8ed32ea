import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Validation } from './types.ts';

/** What was tried on a connection, how it went, and what to do about what failed. */
export const Checks = ({ validation }: { validation: Validation }) => (
  <div className="flex flex-col gap-3" role="status">
    <p className="font-medium">
      {t(validation.ok ? 'clouds.checks.ok' : 'clouds.checks.failed')}
      {validation.identity && <span className="ms-1.5 font-normal text-ink-2">{validation.identity}</span>}
    </p>
    <ul className="divide-y divide-line rounded-md border border-line">
      {validation.checks.map((check) => {
        const Icon = check.ok ? CircleCheck : CircleX;
        return (
          <li key={check.name} className="flex items-start gap-2.5 px-3 py-2">
            <Icon aria-hidden className={check.ok ? 'mt-0.5 size-4 shrink-0 text-good' : 'mt-0.5 size-4 shrink-0 text-bad'} />
            <div className="min-w-0">
              <p>
                <span className="font-medium">{words(check.name)}</span>{' '}
                <span className="sr-only">{t(check.ok ? 'clouds.check.ok' : 'clouds.check.failed')}</span>{' '}
                <span className="text-ink-2">{check.detail}</span>
              </p>
              {check.remedy && !check.ok && <p className="text-ink">{check.remedy}</p>}
            </div>
          </li>
        );
      })}
    </ul>
    {validation.warnings.map((warning) => (
      <p key={warning} className="flex items-start gap-2 rounded-md bg-warn-wash px-3 py-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        {warning}
      </p>
    ))}
  </div>
);
