import { BookOpenText, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { NodeIcon } from '#features/workflow-graph/icons.tsx';
import type { Asking } from '#features/workflows/ai/api.ts';
import { Part } from '#features/workflows/ai/facts.tsx';
import { OriginNote } from '#features/workflows/ai/origin-note.tsx';
import type { Explained } from '#features/workflows/ai/types.ts';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { graphOf } from '../graph/doc.ts';
import { useBuilder, useDoc } from '../state/store.ts';
import type { ExplainBody } from './use-assist.ts';
import { useShow } from './use-show.ts';

const SIGNS = { error: [CircleAlert, 'text-bad'], warning: [TriangleAlert, 'text-warn'], info: [Info, 'text-ink-3'] } as const;

function Risks({ risks }: { risks: Explained['risks'] }) {
  return (
    <Part title={t('assist.risks')}>
      <ul className="flex flex-col gap-1.5">
        {risks.map(({ severity, text }, at) => {
          const [Icon, ink] = SIGNS[severity];
          return (
            <li key={at} className="flex items-start gap-1.5">
              <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${ink}`} />
              <span className="sr-only">{t(`builder.severity.${severity}`)}</span>
              <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{text}</span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Steps({ steps }: { steps: Explained['steps'] }) {
  const types = useBuilder((state) => state.types);
  const show = useShow();
  return (
    <Part title={t('builder.list')}>
      <ol className="flex flex-col gap-2.5">
        {steps.map(({ nodeId, name, type, text }) => (
          <li key={nodeId} className="flex items-start gap-2">
            <NodeIcon name={types.of(type)?.icon} className="mt-0.5 size-4 shrink-0 text-ink-3" />
            <div className="min-w-0">
              {show ? (
                <button type="button" className="rounded-sm text-start font-medium hover:text-accent hover:underline" onClick={() => show(nodeId)}>
                  {name}
                </button>
              ) : (
                <span className="font-medium">{name}</span>
              )}
              <p className="text-ink-2 [overflow-wrap:anywhere]">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </Part>
  );
}

/** What the workflow does in words, step by step, and what is risky about it. */
export function ExplainTab({ asking: { ask, answer, busy, error } }: { asking: Asking<ExplainBody, Explained> }) {
  const doc = useDoc();
  const blocked = useBlocked('ai:generate');
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-48 text-ink-2">{t('assist.explain.text')}</p>
        <Button
          size="sm"
          variant={answer ? 'secondary' : 'primary'}
          blocked={blocked}
          busy={busy}
          icon={<BookOpenText aria-hidden className="size-3.5" />}
          onClick={() => ask({ graph: graphOf(doc) })}
        >
          {t(answer ? 'assist.explain.again' : 'assist.explain.ask')}
        </Button>
      </div>
      {error && <ProblemView error={error} />}
      {answer && (
        <div className="flex min-w-0 flex-col gap-4" data-explained>
          <OriginNote origin={answer} />
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{answer.text}</p>
          {answer.steps.length > 0 && <Steps steps={answer.steps} />}
          {answer.risks.length > 0 && <Risks risks={answer.risks} />}
        </div>
      )}
    </div>
  );
}
