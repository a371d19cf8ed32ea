import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { preview, run, type Envelope, type Outcome } from '#lib/api.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import type { Preview } from '#lib/types.ts';
import { checkForm, initialValue, prune } from '#ui/operation-form/index.ts';
import { callFor } from './call.ts';
import { hasPlan } from './has-plan.ts';
import type { OpenOperation } from './open.ts';

export type Stage = 'input' | 'plan' | 'result';
export interface Remarks {
  comment: string;
  ticket: string;
}
type Input = Record<string, unknown>;

/** One key for one plan: pressing twice, or again after a lost answer, acts once. */
const newKey = (): string => crypto.randomUUID();

interface Requests {
  operation: ManifestOperation;
  input: Input;
  envelope: Envelope;
  onPlan: () => void;
  onDone: () => void;
  /** The server refused fields: back to the form. */
  onRefused: () => void;
}
const refusesFields = (error: Error): boolean => Object.keys(errorsByPointer(toProblem(error))).length > 0;

/** The two calls of a form: look, then act. */
function useRequests({ operation, input, envelope, onPlan, onDone, onRefused }: Requests) {
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  const { method, path, ...rest } = callFor(operation, input);
  const planning = useMutation<Preview, Error>({
    mutationFn: () => preview(method, path, rest, envelope),
    onSuccess: () => {
      setKey(newKey());
      onPlan();
    },
    onError: onRefused,
  });
  const running = useMutation<Outcome<unknown>, Error>({
    mutationFn: () => run(method, path, rest, { ...envelope, ...(operation.risk === 'read' ? {} : { idempotencyKey: key }) }),
    onSuccess: () => {
      onDone();
      if (operation.risk !== 'read') void client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/') });
    },
    onError: (error) => refusesFields(error) && onRefused(),
  });
  return { planning, running, renew: () => setKey(newKey()) };
}

/** The life of one form: fill in, look at the plan, run, see what came of it. */
export function useRunner(operation: ManifestOperation, opened: OpenOperation) {
  const schema = operation.input;
  const [input, setInput] = useState<Input>(() => ({ ...(initialValue(schema, schema) as Input | undefined), ...opened.input }));
  const [remarks, setRemarks] = useState<Remarks>({ comment: '', ticket: '' });
  const [stage, setStage] = useState<Stage>('input');
  const [checked, setChecked] = useState<Record<string, string>>({});
  const clean = useMemo(() => prune(input, schema, schema) as Input, [input, schema]);
  const { planning, running, renew } = useRequests({
    operation,
    input: clean,
    envelope: {
      comment: remarks.comment || undefined,
      ticket: remarks.ticket || undefined,
      ...(opened.ifMatch === undefined ? {} : { ifMatch: opened.ifMatch }),
    },
    onPlan: () => setStage('plan'),
    onDone: () => {
      setStage('result');
      opened.onSettled?.();
    },
    onRefused: () => setStage('input'),
  });
  const problem = running.error ?? planning.error;

  const start = () => {
    const found = checkForm(clean, schema, schema);
    setChecked(found);
    planning.reset();
    running.reset();
    if (Object.keys(found).length > 0) return;
    if (hasPlan(operation)) planning.mutate();
    else running.mutate();
  };
  const change = (next: Input) => {
    setInput(next);
    // Once complained about, the complaint is kept true while one types.
    if (Object.keys(checked).length > 0) setChecked(checkForm(prune(next, schema, schema), schema, schema));
  };
  const edit = () => {
    running.reset();
    renew();
    setStage('input');
  };
  const errors = { ...(problem ? errorsByPointer(toProblem(problem)) : {}), ...checked };
  return {
    stage,
    input,
    change,
    clean,
    remarks,
    setRemarks,
    errors,
    problem,
    busy: planning.isPending || running.isPending,
    plan: planning.data,
    outcome: running.data,
    start,
    submit: () => running.mutate(),
    edit,
  };
}
export type Runner = ReturnType<typeof useRunner>;
