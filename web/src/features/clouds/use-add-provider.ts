import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { request, run, type Outcome } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { checkForm, initialValue } from '#ui/operation-form/index.ts';
import { connectionInput, fieldErrors, kindSchema } from './kinds.ts';
import type { Connection, ConnectionKind, Validation } from './types.ts';

export const STAGES = ['kind', 'fields', 'checks'] as const;
export type Stage = (typeof STAGES)[number];
type Fields = Record<string, unknown>;

const begin = (kind: ConnectionKind): Fields => initialValue(kindSchema(kind), kindSchema(kind)) as Fields;
const placed = (error: Error): boolean => Object.keys(errorsByPointer(toProblem(error))).length > 0;

interface Entered {
  kind: ConnectionKind;
  fields: Fields;
  name: string;
  environment: string;
}
type Done = (outcome: Outcome<Connection>, name: string) => void;

/** The two calls: trying it out, and connecting it. `onPlaced` when an error belongs to a field. */
function useConnecting({ kind, fields, name, environment }: Entered, onPlaced: () => void, onDone: Done) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const validate = useMutation<Validation>({
    mutationFn: () => request<Validation>('POST', '/cloud-providers/validate', { body: connectionInput(kind, fields) }),
    onError: (error) => placed(error) && onPlaced(),
    // The credential must not stay in memory once the dialog is gone.
    gcTime: 0,
  });
  const create = useMutation<Outcome<Connection>>({
    mutationFn: () => {
      const body = { name: name.trim(), environment: environment.trim() || null, ...connectionInput(kind, fields) };
      return run<Connection>('POST', '/cloud-providers', { body }, { idempotencyKey: key.current });
    },
    onSuccess: (outcome) => {
      onDone(outcome, name.trim());
      return client.invalidateQueries({ queryKey: ['/cloud-providers'] });
    },
    onError: (error) => {
      if (toProblem(error).status !== 0) key.current = crypto.randomUUID();
      if (placed(error)) onPlaced();
    },
    gcTime: 0,
  });

  return { validate, create };
}

/** A connection on its way in: its kind, how to reach it, the live checks of that, and the connection itself. */
export function useAddProvider(onDone: Done) {
  const [stage, setStage] = useState<Stage>('kind');
  const [kind, setKind] = useState<ConnectionKind>('simulated');
  const [name, setName] = useState('');
  const [environment, setEnvironment] = useState('');
  const [fields, setFields] = useState<Fields>(() => begin('simulated'));
  const [missing, setMissing] = useState<Record<string, string>>({});

  const { validate, create } = useConnecting({ kind, fields, name, environment }, () => setStage('fields'), onDone);
  const failed = create.error ?? validate.error;
  const errors = { ...fieldErrors(errorsByPointer(failed ? toProblem(failed) : null)), ...missing };
  const busy = validate.isPending || create.isPending;
  const check = () => {
    const schema = kindSchema(kind);
    const found = { ...checkForm(fields, schema, schema), ...(name.trim() ? {} : { '/name': t('form.required') }) };
    setMissing(found);
    create.reset();
    if (Object.keys(found).length > 0) return;
    setStage('checks');
    validate.mutate();
  };
  const acts: Record<Stage, () => void> = { kind: () => setStage('fields'), fields: check, checks: () => create.mutate() };
  return {
    stage,
    kind,
    name,
    setName,
    environment,
    setEnvironment,
    fields,
    setFields,
    errors,
    /** Shown in full, unless all of it is beside the fields. */
    failed: Object.keys(errors).length > 0 ? null : failed,
    busy,
    checking: validate.isPending,
    validation: validate.isPending ? undefined : validate.data,
    choose: (next: ConnectionKind) => {
      setKind(next);
      setFields(begin(next));
      setMissing({});
      validate.reset();
      create.reset();
    },
    back: () => setStage(STAGES[STAGES.indexOf(stage) - 1] ?? 'kind'),
    forward: () => !busy && acts[stage](),
    checkAgain: () => validate.mutate(),
  };
}
export type AddProvider = ReturnType<typeof useAddProvider>;
