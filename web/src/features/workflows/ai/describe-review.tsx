import { ArrowLeft, CircleAlert, CircleCheck, RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { applyEdit, docOf, graphOf } from '#features/workflow-builder/graph/doc.ts';
import type { Graph as BuilderGraph } from '#features/workflow-builder/types.ts';
import { GraphView } from '#features/workflow-graph/graph-view.tsx';
import { useNodeTypes } from '#features/workflow-graph/node-types.ts';
import type { Graph } from '#features/workflow-graph/types.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { TOUCHED } from '../api.ts';
import { useOpenEditor } from '../blank-form.tsx';
import { NameField } from '../name-field.tsx';
import { MissingPart, Part, Points, RiskPart, UnbuiltPart } from './facts.tsx';
import { handOver } from './handover.ts';
import { OriginNote } from './origin-note.tsx';
import type { Generated, Question } from './types.ts';

/** The graph with the questions answered that can be answered with yes. */
function answered(graph: Graph, questions: readonly Question[], yes: ReadonlySet<number>): Graph {
  const ops = questions.flatMap((question, at) => (yes.has(at) ? question.ops : []));
  if (ops.length === 0) return graph;
  return graphOf(ops.reduce(applyEdit, docOf(graph as unknown as BuilderGraph))) as unknown as Graph;
}

interface QuestionsProps {
  questions: readonly Question[];
  yes: ReadonlySet<number>;
  onYes: (yes: ReadonlySet<number>) => void;
  words: Readonly<Record<number, string>>;
  onWords: (words: Readonly<Record<number, string>>) => void;
}
function Questions({ questions, yes, onYes, words, onWords }: QuestionsProps) {
  return (
    <Part title={t('assist.questions')}>
      <div className="flex flex-col gap-3">
        {questions.map(({ text, ops }, at) =>
          ops.length > 0 ? (
            <Field key={at} label={text} inline>
              {(control) => (
                <Checkbox
                  {...control}
                  checked={yes.has(at)}
                  onCheckedChange={(on) => onYes(new Set(on === true ? [...yes, at] : [...yes].filter((one) => one !== at)))}
                />
              )}
            </Field>
          ) : (
            <Field key={at} label={text} required={false}>
              {(control) => (
                <Input {...control} maxLength={500} value={words[at] ?? ''} onChange={(event) => onWords({ ...words, [at]: event.target.value })} />
              )}
            </Field>
          ),
        )}
      </div>
    </Part>
  );
}

function Verdict({ made }: { made: Generated }) {
  const { valid, errors, warnings, summary } = made.validation;
  const Icon = valid ? CircleCheck : CircleAlert;
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-center gap-1.5">
        <Icon aria-hidden className={valid ? 'size-4 shrink-0 text-good' : 'size-4 shrink-0 text-bad'} />
        {valid ? t('assist.valid') : `${t('assist.invalid')} ${summary}`}
      </p>
      {errors.length + warnings.length > 0 && <Points items={[...errors, ...warnings].slice(0, 6).map(({ message }) => message)} />}
    </div>
  );
}

interface DescribeReviewProps {
  made: Generated;
  onTemplate: (id: string) => void;
  onBack: () => void;
  /** Once more, with answers in words. */
  onAgain: (answers: readonly string[]) => void;
  onClose: () => void;
}

function useSave(made: Generated, graph: Graph, name: string, onClose: () => void) {
  const tell = useTell();
  const openEditor = useOpenEditor();
  const blocked = useBlocked('workflows:create');
  const creating = useSubmit<{ id: string }>(TOUCHED);
  const save = (): void => {
    if (!name || blocked) return;
    const body = { name, description: made.explanation.slice(0, 2_000), graph };
    creating.submit({ call: { method: 'POST', path: '/workflows', body }, comment: '' }, (outcome) => {
      if (outcome.status === 'done') {
        handOver({ workflowId: outcome.output.id, proposed: null });
        return openEditor(outcome.output.id);
      }
      tell(outcome, '');
      onClose();
    });
  };
  return { save, blocked, busy: creating.isPending, error: creating.error };
}

/** What came of the words: as a picture, with all that is assumed, open, missing and risky, before anything is kept. */
export function DescribeReview({ made, onTemplate, onBack, onAgain, onClose }: DescribeReviewProps) {
  const types = useNodeTypes();
  const [typed, setTyped] = useState(made.name);
  const [yes, setYes] = useState<ReadonlySet<number>>(new Set());
  const [words, setWords] = useState<Readonly<Record<number, string>>>({});
  const graph = useMemo(() => answered(made.graph, made.questions, yes), [made, yes]);
  const { save, blocked, busy, error } = useSave(made, graph, typed.trim(), onClose);
  const answers = Object.entries(words).flatMap(([at, text]) => (text.trim() ? [`${made.questions[Number(at)]!.text} ${text.trim()}`] : []));
  const asksInWords = made.questions.some(({ ops }) => ops.length === 0);
  return (
    <form
      data-review
      className="flex min-w-0 flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <OriginNote origin={made} />
      <GraphView graph={graph} types={types} label={t('assist.preview')} className="h-64 shrink-0" />
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{made.explanation}</p>
      <Verdict made={made} />
      {made.questions.length > 0 && <Questions questions={made.questions} yes={yes} onYes={setYes} words={words} onWords={setWords} />}
      <div className="grid gap-5 sm:grid-cols-2">
        {made.assumptions.length > 0 && (
          <Part title={t('assist.assumptions')}>
            <Points items={made.assumptions} />
          </Part>
        )}
        <RiskPart risk={made.risk} />
        <MissingPart missing={made.missing} />
        <UnbuiltPart unbuilt={made.unbuilt} note={t('assist.unbuilt.notes')} />
      </div>
      {made.templates.length > 0 && (
        <Part title={t('assist.templates')}>
          <ul className="flex flex-col gap-1">
            {made.templates.slice(0, 4).map(({ id, name, description }) => (
              <li key={id}>
                <button type="button" className="rounded-sm font-medium text-accent hover:underline" onClick={() => onTemplate(id)}>
                  {name}
                </button>{' '}
                <span className="text-ink-3">{description}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <NameField value={typed} onChange={setTyped} />
      {error && <ProblemView error={error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="ghost" className="sm:me-auto" icon={<ArrowLeft aria-hidden className="size-3.5 rtl:rotate-180" />} onClick={onBack}>
          {t('assist.back')}
        </Button>
        {asksInWords && (
          <Button disabled={answers.length === 0} icon={<RotateCw aria-hidden className="size-3.5" />} onClick={() => onAgain(answers)}>
            {t('assist.again')}
          </Button>
        )}
        <Button type="submit" variant="primary" blocked={blocked} busy={busy} disabled={!typed.trim()}>
          {t('assist.save')}
        </Button>
      </div>
    </form>
  );
}
