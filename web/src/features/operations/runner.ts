import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { preview, run, type Outcome } from '#lib/api.ts';
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

/** The life of one form: fill in, look at the plan, run, see what came of it. */
export function useRunner(operation: ManifestOperation, opened: OpenOperation) {
  const client = useQueryClient();
  const schema = operation.input;
  const [input, setInput] = useState<Input>(() => ({ ...(initialValue(schema, schema) as Input | undefined), ...opened.input }));
  const [remarks, setRemarks] = useState<Remarks>({ comment: '', ticket: '' });
  const [stage, setStage] = useState<Stage>('input');
  const [checked, setChecked] = useState<Record<string, string>>({});
  // One key for one plan: pressing twice, or again after a lost answer, acts once.
  const [key, setKey] = useState('');

  const clean = useMemo(() => prune(input, schema, schema) as Input, [input, schema]);
  const envelope = {
    comment: remarks.comment || undefined,
    ticket: remarks.ticket || undefined,
    ...(opened.ifMatch === undefined ? {} : { ifMatch: opened.ifMatch }),
  };

  const planning = useMutation<Preview, Error>({
    mutationFn: () => {
      const { method, path, ...rest } = callFor(operation, clean);
      return preview(method, path, rest, envelope);
    },
    onSuccess: () => {
      setKey(crypto.randomUUID());
      setStage('plan');
    },
    onError: () => setStage('input'),
  });
  const running = useMutation<Outcome<unknown>, Error>({
    mutationFn: () => {
      const { method, path, ...rest } = callFor(operation, clean);
      return run(method, path, rest, { ...envelope, ...(key ? { idempotencyKey: key } : {}) });
    },
    onSuccess: () => {
      setStage('result');
      opened.onSettled?.();
      if (operation.risk !== 'read') void client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/') });
    },
    // A field the server refuses is mended in the form, everything else is shown where one stands.
    onError: (error) => Object.keys(errorsByPointer(toProblem(error))).length > 0 && setStage('input'),
  });

  const failed = running.error ?? planning.error;
  const refused = failed ? errorsByPointer(toProblem(failed)) : {};
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

  return {
    stage,
    input,
    change,
    clean,
    remarks,
    setRemarks,
    errors: { ...refused, ...checked },
    incomplete: Object.keys(checked).length > 0,
    /** Shown in full, unless all of it is already beside the fields. */
    problem: failed,
    busy: planning.isPending || running.isPending,
    plan: planning.data,
    outcome: running.data,
    start,
    submit: () => running.mutate(),
    edit: () => {
      running.reset();
      setKey('');
      setStage('input');
    },
  };
}
export type Runner = ReturnType<typeof useRunner>;
