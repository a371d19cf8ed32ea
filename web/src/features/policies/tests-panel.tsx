import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { EffectBadge } from './look.tsx';
import type { TestReport, TestResult } from './types.ts';

const Result = ({ result }: { result: TestResult }) => {
  const Icon = result.passed ? CircleCheck : CircleX;
  return (
    <li className="flex gap-2 py-1.5">
      <Icon
        role="img"
        aria-label={t(result.passed ? 'policies.test.passed' : 'policies.test.failed')}
        className={result.passed ? 'mt-0.5 size-4 shrink-0 text-good' : 'mt-0.5 size-4 shrink-0 text-bad'}
      />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p>{result.name}</p>
        {result.failures.map((failure) => (
          <p key={failure} className="text-xs text-bad">
            {failure}
          </p>
        ))}
      </div>
      <span>
        <EffectBadge value={result.effect} />
      </span>
    </li>
  );
};

export const testsInWords = ({ results }: TestReport): string => {
  const failed = results.filter(({ passed }) => !passed).length;
  return failed > 0 ? t('policies.tests.failed', { failed, count: results.length }) : t('policies.tests.passed', { count: results.length });
};

/** The tests that are kept with the rules, what came of each, and which rules have none. */
export const TestsPanel = ({ report }: { report: TestReport | null }) => {
  if (report === null) return <p className="text-ink-2">{t('policies.tests.unread')}</p>;
  return (
    <div className="flex flex-col gap-2">
      {report.results.length === 0 ? (
        <p className="text-ink-2">{t('policies.tests.none')}</p>
      ) : (
        // Focusable, so that keyboards can scroll it.
        <div role="region" aria-label={t('policies.tests')} tabIndex={0} className="max-h-72 overflow-y-auto -outline-offset-2">
          <ul className="divide-y divide-line">
            {report.results.map((result, place) => (
              <Result key={place} result={result} />
            ))}
          </ul>
        </div>
      )}
      {report.uncovered.length > 0 && (
        <ul className="flex flex-col gap-1 border-t border-line pt-2 text-xs text-ink-2">
          {report.uncovered.map(({ policy, missing }) => (
            <li key={`${policy} ${missing}`} className="flex gap-1.5">
              <TriangleAlert aria-hidden className={report.required ? 'size-3.5 shrink-0 text-bad' : 'size-3.5 shrink-0 text-warn'} />
              {t(missing === 'matching' ? 'policies.uncovered.matching' : 'policies.uncovered.other', { policy })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
