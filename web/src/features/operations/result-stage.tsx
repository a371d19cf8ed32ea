import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, CircleCheck, Download } from 'lucide-react';
import { changeQuery } from '#features/changes/api.ts';
import { useChangeStream } from '#features/changes/change-stream.ts';
import type { Outcome } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import { Button } from '#ui/button.tsx';
import { saveFile } from '#ui/data-table/csv.ts';
import { JsonView } from '#ui/json-view.tsx';
import { Progress } from '#ui/progress.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { State } from '#ui/state.tsx';
import { closeOperation } from './open.ts';

/** A Change that was begun here, followed as long as one looks. */
function Followed({ number }: { number: string }) {
  const { data: change } = useQuery(changeQuery(number));
  useChangeStream(number, change);
  const waits = change?.state === 'awaiting_approval';
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-base font-semibold">{t(waits ? 'run.accepted.approval' : 'run.accepted', { number })}</p>
        {change && <State value={change.state} />}
      </div>
      <p className="text-ink-2">{t('run.accepted.text')}</p>
      {change?.approval && <blockquote className="border-s-2 border-accent ps-2.5 text-ink-2">{change.approval.rule.text}</blockquote>}
      {change?.job && <Progress value={change.job.progress} label={t('change.run.progress')} />}
      {change?.problem && <ProblemView error={change.problem} />}
      <div>
        <Button asChild variant="primary">
          <Link to="/changes/$id" params={{ id: number }} onClick={closeOperation}>
            {t('run.open', { number })}
            <ArrowRight aria-hidden className="size-3.5 rtl:rotate-180" />
          </Link>
        </Button>
      </div>
    </div>
  );
}

interface FileOutput {
  content: string;
}
const isFile = (output: unknown): output is FileOutput => typeof output === 'object' && output !== null && 'content' in output;

/** What came of it: the answer, or the Change that carries it. */
export function ResultStage({ operation, outcome }: { operation: ManifestOperation; outcome: Outcome<unknown> }) {
  if (outcome.status === 'accepted') return <div className="p-5"><Followed number={outcome.change.number} /></div>; // prettier-ignore
  const { output, changeNumber } = outcome;
  const text = typeof output === 'string' ? output : isFile(output) && operation.download ? output.content : null;
  return (
    <div className="flex flex-col gap-4 p-5">
      <div className="flex items-center gap-2">
        <CircleCheck aria-hidden className="size-5 text-good" />
        <p className="text-base font-semibold">{t('run.done')}</p>
        {changeNumber && (
          <Link to="/changes/$id" params={{ id: changeNumber }} onClick={closeOperation} className="text-accent hover:underline">
            {t('run.done.change', { number: changeNumber })}
          </Link>
        )}
      </div>
      {text !== null && (
        <div>
          <Button
            icon={<Download aria-hidden className="size-3.5" />}
            onClick={() => saveFile(`${operation.name}.txt`, text, 'text/plain;charset=utf-8')}
          >
            {t('run.download')}
          </Button>
        </div>
      )}
      {output !== undefined && <JsonView label={t('run.output')} value={text ?? output} />}
    </div>
  );
}
