import { CircleCheck, CircleDashed, CircleX, RefreshCw, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { countOf, VERDICTS, type SortedLine, type Verdict } from './sorted.ts';

const LOOKS: Record<Verdict, [tone: Tone, icon: LucideIcon]> = {
  invalid: ['bad', CircleX],
  created: ['good', CircleCheck],
  changed: ['accent', RefreshCw],
  skipped: ['quiet', CircleDashed],
};
const VerdictBadge = ({ verdict, children }: { verdict: Verdict; children: string }) => {
  const [tone, Icon] = LOOKS[verdict];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {children}
    </Badge>
  );
};

const HEAD = 'border-b border-line px-3 py-1.5 text-start font-medium';

/** What would become of each line of the file. A line is a button where it leads to its place in the text. */
export function ImportResult({ lines, onGo }: { lines: readonly SortedLine[]; onGo: (line: number) => void }) {
  return (
    <section aria-label={t('vars.import.result')} className="flex flex-col gap-2">
      <p role="status" className="flex flex-wrap gap-1.5">
        {VERDICTS.map((verdict) => {
          const count = countOf(lines, verdict);
          return (
            count > 0 && (
              <VerdictBadge key={verdict} verdict={verdict}>
                {t(`vars.import.count.${verdict}`, { count })}
              </VerdictBadge>
            )
          );
        })}
      </p>
      {/* Focusable, so that keyboards can scroll it. */}
      <div
        role="region"
        aria-label={t('vars.import.result')}
        tabIndex={0}
        className="max-h-72 overflow-auto rounded-md border border-line -outline-offset-2"
      >
        <table className="w-full text-sm">
          <thead className="sticky top-0 bg-surface text-xs text-ink-3">
            <tr>
              <th scope="col" className={HEAD}>{t('vars.import.line')}</th>
              <th scope="col" className={HEAD}>{t('secrets.name')}</th>
              <th scope="col" className={HEAD}>{t('vars.import.verdict')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {lines.map((one) => (
              <tr key={`${one.line} ${one.verdict} ${one.name}`}>
                <td className="px-3 py-1.5 align-top tabular-nums">
                  <button type="button" className="min-w-6 text-start text-accent hover:underline" onClick={() => onGo(one.line)}>{one.line}</button>
                </td>
                <td className="px-3 py-1.5 align-top font-mono text-xs leading-6 [overflow-wrap:anywhere]">{one.name ?? '–'}</td>
                <td className="px-3 py-1.5 align-top">
                  <VerdictBadge verdict={one.verdict}>{t(`vars.import.${one.verdict}`)}</VerdictBadge>
                  {one.reason && <span className="mt-0.5 block text-xs text-bad">{one.reason}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
} // prettier-ignore
