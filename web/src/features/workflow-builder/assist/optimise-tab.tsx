import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { dollars } from '#lib/dollars.ts';
import { duration, number, words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import type { Asking } from '#features/workflows/ai/api.ts';
import { OriginNote } from '#features/workflows/ai/origin-note.tsx';
import { AIMS, type Aim, type Improvement, type Optimised } from '#features/workflows/ai/types.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { ChoiceList } from '#ui/choice-list.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import type { Session } from '../state/use-session.ts';
import { Review } from './review.tsx';
import type { OptimiseBody } from './use-assist.ts';

type Basis = Improvement['basis'][number];
function measure({ value, unit }: Basis): string {
  if (unit === 'ms') return duration(value / 1_000);
  if (unit === 'cost') return dollars(value);
  if (unit === 'percent') return `${number(value)} %`;
  return unit === 'tokens' ? t('assist.tokens', { count: value, tokens: number(value) }) : t('assist.runs', { count: value });
}
const kindText = (kind: string): string => {
  const key = `assist.kind.${kind}`;
  return hasText(key) ? t(key) : words(kind);
};

/** One thing that could be better, with what was measured and the edits that would do it. */
function Finding({ session, found }: { session: Session; found: Improvement }) {
  const [done, setDone] = useState(false);
  return (
    <li className="flex min-w-0 flex-col gap-2 border-b border-line pb-4 last:border-b-0">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="outline">{kindText(found.kind)}</Badge>
        <h4 className="min-w-0 font-semibold [overflow-wrap:anywhere]">{found.title}</h4>
      </div>
      <p className="text-ink-2">{found.reason}</p>
      {found.basis.length > 0 && (
        <dl className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
          {found.basis.map((one) => (
            <div key={one.label} className="flex gap-1.5">
              <dt className="text-ink-3">{one.label}</dt>
              <dd className="tabular-nums">{measure(one)}</dd>
            </div>
          ))}
        </dl>
      )}
      {found.ops.length > 0 && !done && <Review session={session} label={found.title} proposals={found.ops} onDone={() => setDone(true)} />}
    </li>
  );
}

function Measured({ measured: { executions, medianMs, failed } }: { measured: Optimised['measured'] }) {
  if (executions === 0) return <p className="text-ink-2">{t('assist.measured.none')}</p>;
  return (
    <p className="text-ink-2">{t('assist.measured', { count: executions, failed, median: medianMs === null ? '–' : duration(medianMs / 1_000) })}</p>
  );
}

/** How the workflow could be faster, cheaper or more reliable, by what its executions show. It works without a model. */
export function OptimiseTab({ session, asking: { ask, answer, busy, error } }: { session: Session; asking: Asking<OptimiseBody, Optimised> }) {
  const blocked = useBlocked('ai:generate');
  const [goal, setGoal] = useState<Aim>('performance');
  const look = async (): Promise<void> => {
    if (blocked || busy) return;
    // It looks at the draft as it is kept.
    await session.saver.flush();
    ask({ goal });
  };
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ChoiceList<Aim>
        label={t('assist.aim')}
        value={goal}
        onChange={setGoal}
        choices={AIMS.map((value) => ({ value, label: t(`assist.aim.${value}`), help: t(`assist.aim.${value}.help`) }))}
      />
      <div className="flex justify-end">
        <Button size="sm" variant={answer ? 'secondary' : 'primary'} blocked={blocked} busy={busy} icon={<Gauge aria-hidden className="size-3.5" />} onClick={() => void look()}>
          {t('assist.look')}
        </Button>
      </div>
      {error && <ProblemView error={error} />}
      {answer && (
        <div className="flex min-w-0 flex-col gap-4" data-optimised>
          <OriginNote origin={answer} />
          <Measured measured={answer.measured} />
          {answer.findings.length === 0 ? (
            <p>{t('assist.findings.none')}</p>
          ) : (
            <ol aria-label={t('assist.findings')} className="flex flex-col gap-4">
              {answer.findings.map((found, at) => (
                <Finding key={`${found.kind}${at}`} session={session} found={found} />
              ))}
            </ol>
          )}
        </div>
      )}
    </div>
  );
} // prettier-ignore
