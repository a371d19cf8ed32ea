import { queryOptions } from '@tanstack/react-query';
import { request, run as call } from '#lib/api.ts';
import { toProblem } from '#lib/problem.ts';
import type { Execution } from '#features/executions/types.ts';
import type { Edit, Finding, Graph, Json } from './types.ts';
import { makeTypes } from './state/make-types.ts';
import type { NodeTypeInfo, OperationInfo, Types } from './state/types-of.ts';
import type { Draft, Remote } from './state/save.ts';

interface TypesTold {
  items: NodeTypeInfo[];
  operations?: OperationInfo[];
  /** Changes when anything of them does. */
  version: string;
}
let known: { version: string; types: Types } | undefined;

/** Types of nodes and the Operations that can be steps, as this person may use them. */
export const typesQuery = queryOptions({
  queryKey: ['/node-types', 'with-operations'],
  queryFn: ({ signal }) =>
    request<TypesTold>('GET', '/node-types', { query: { include: 'operations' }, signal }).then((told) => {
      // The same types are the same object, however often they are read: everything that is drawn hangs on it.
      if (known?.version !== told.version) known = { version: told.version, types: makeTypes(told.items, told.operations ?? []) };
      return known.types;
    }),
  staleTime: 600_000,
});

export const remoteOf = (id: string): Remote => ({
  async send(ops: readonly Edit[], revision: number) {
    const outcome = await call<{ revision: number }>('PATCH', `/workflows/${id}`, { body: { ops } }, { ifMatch: revision });
    if (outcome.status === 'accepted') throw new Error('edits of a draft are done at once');
    return outcome.output;
  },
  load: (): Promise<Draft> => request<Draft>('GET', `/workflows/${id}`),
});

export interface Report {
  errors: Finding[];
  warnings: Finding[];
  infos: Finding[];
}
export const validate = (id: string, graph: Graph, signal: AbortSignal): Promise<Finding[]> =>
  request<Report>('POST', `/workflows/${id}/validate`, { body: { graph }, signal }).then(({ errors, warnings, infos }) => [
    ...errors,
    ...warnings,
    ...infos,
  ]);

export type Previewed = { value: Json } | { error: string };
export interface PreviewAsked {
  source: string;
  mode: 'expr' | 'tpl';
  scope: { input: Json; trigger: Json; nodes: Record<string, { output: Json; status: string }> };
}
/** What an expression gives with this data; never secrets. */
export const preview = ({ source, mode, scope }: PreviewAsked, signal: AbortSignal): Promise<Previewed> =>
  request<{ ok: boolean; value?: Json; error?: { message: string } | null }>('POST', '/expressions/preview', {
    body: { source, mode, scope },
    signal,
  }).then(
    ({ value, error }) => (error ? { error: error.message } : { value: value ?? null }),
    (error: unknown) => ({ error: toProblem(error).message }),
  );

export interface Begun {
  execution: { id: string; status: string };
  done: boolean;
}
/** Runs the draft as it is saved, with pinned outputs and these in place of nodes. */
export const testRun = (id: string, body: { inputs: Json; mocks?: Record<string, Json> }): Promise<Begun> =>
  request<Begun>('POST', `/workflows/${id}/test-run`, { body: { ...body, async: true }, headers: { 'idempotency-key': crypto.randomUUID() } });

/** An execution with all that came into its nodes and out of them. */
export const readExecution = (id: string, signal?: AbortSignal): Promise<Execution> =>
  request<Execution>('GET', `/executions/${id}`, { query: { include: 'payloads' }, signal });
