import { createHash } from 'node:crypto';
import { z } from 'zod';
import { HIDDEN, hideSecrets, restoreSecrets, secretsIn } from '#kernel/sensitive.ts';
import { Json } from '../../graph.ts';
import { Surroundings } from '../../surroundings.ts';
import type { NodeError, NodeRun, Wait, Woken } from '../declare.ts';
import { endingOf, isAlready, isDenied, refusalOf, waitSeconds } from './outcome.ts';

const Fault = z.object({ type: z.string(), class: z.string(), message: z.string(), details: Json.optional() });
/** What became of one call. */
export const Done = z.object({
  index: z.int(),
  status: z.enum(['done', 'already', 'accepted', 'planned', 'denied', 'failed']),
  changeId: z.string().nullable(),
  result: Json,
  plan: Json.optional(),
  error: Fault.optional(),
});
export type Done = z.output<typeof Done>;

/** Where a node stands that makes several calls; kept while it waits. */
export const Standing = z.object({
  inputs: z.array(z.record(z.string(), Json)),
  next: z.int(),
  running: z.array(z.object({ index: z.int(), changeId: z.string(), waitsForPeople: z.boolean() })),
  done: z.array(Done),
  /** The Gate asked to come back then. */
  until: z.iso.datetime().nullable(),
  waits: z.int(),
});
export type Standing = z.output<typeof Standing>;

export interface Way {
  operation: string;
  parallel: number;
  wait: 'done' | 'started';
  plan: boolean;
  ifAlready: 'ok' | 'error';
  stopOnError: boolean;
  comment?: string | undefined;
  /** Tells calls of other lists of the same node apart. */
  tag?: string;
}

type Inputs = Standing['inputs'];
const schemaOf = ({ provider }: Pick<NodeRun, 'provider'>, operation: string) => provider(Surroundings).operations.get(operation)?.input;

/** Inputs as they may lie in a wait: secret fields are masked, and made anew when the node goes on. */
export function masked(run: Pick<NodeRun, 'provider'>, operation: string, inputs: Inputs): Inputs {
  const schema = schemaOf(run, operation);
  return schema ? inputs.map((input) => hideSecrets(schema, input) as Inputs[number]) : inputs;
}

/** Inputs that lay in a wait, with the secret fields of what the configuration says. What else it says by now is not looked at. */
export function restored(run: Pick<NodeRun, 'provider'>, operation: string, inputs: Inputs, said: () => Inputs): Inputs {
  const schema = schemaOf(run, operation);
  if (!schema || !inputs.some((input) => Object.values(secretsIn(schema, input)).includes(HIDDEN))) return inputs;
  const anew = said();
  return inputs.map((input, at) => restoreSecrets(schema, input, secretsIn(schema, anew[at])) as Inputs[number]);
}

/** As it is kept while the node waits. */
export const kept = (run: Pick<NodeRun, 'provider'>, { operation }: Pick<Way, 'operation'>, standing: Standing): Json =>
  ({ ...standing, inputs: masked(run, operation, standing.inputs) }) as unknown as Json;

/** Times that the Gate may ask to come back; then it is an error. */
const MOST_WAITS = 20;

export const begun = (inputs: Record<string, Json>[]): Standing => ({ inputs, next: 0, running: [], done: [], until: null, waits: 0 });

export const faultOf = ({ type, class: kind, message, details }: NodeError): NonNullable<Done['error']> => ({
  type,
  class: kind,
  message,
  ...(details === undefined ? {} : { details }),
});

const isBad = ({ status }: Done): boolean => status === 'failed' || status === 'denied';

/**
 * The same for the same input, so that a node that is tried again with other targets makes no call twice and none under another's key. A
 * call that the Gate put off was not made; asked anew it has a key of its own.
 */
function tagOf({ tag = '' }: Way, { inputs, waits }: Standing, index: number): string {
  const text = JSON.stringify(inputs[index]);
  const before = inputs.slice(0, index).filter((input) => JSON.stringify(input) === text).length;
  return `${tag}${createHash('sha256').update(text).digest('base64url').slice(0, 22)}${before > 0 ? `.${before}` : ''}${waits > 0 ? `~${waits}` : ''}`;
}

/** One call, and where that leaves us. */
async function callOne(run: NodeRun, way: Way, standing: Standing): Promise<Standing> {
  const index = standing.next;
  const options = { tag: tagOf(way, standing, index), ...(way.comment ? { comment: way.comment } : {}), ...(way.plan ? { dryRun: true } : {}) };
  const outcome = await run.call(way.operation, standing.inputs[index]!, options);
  const on = { ...standing, next: index + 1, until: null };
  const ended = (done: Omit<Done, 'index'>): Standing => ({ ...on, done: [...on.done, { index, ...done }] });
  switch (outcome.status) {
    case 'done':
      return ended({ status: 'done', changeId: outcome.changeId, result: outcome.output });
    case 'planned':
      return ended({ status: 'planned', changeId: null, result: null, plan: { plan: outcome.plan, risk: outcome.risk, requirements: outcome.requirements } });
    case 'accepted':
      if (way.wait === 'started') return ended({ status: 'accepted', changeId: outcome.changeId, result: null });
      return { ...on, running: [...on.running, { index, changeId: outcome.changeId, waitsForPeople: outcome.state === 'awaiting_approval' }] };
    case 'refused': {
      const { problem } = outcome;
      const seconds = waitSeconds(problem);
      if (seconds !== undefined && standing.waits < MOST_WAITS)
        return { ...standing, waits: standing.waits + 1, until: new Date(Date.now() + seconds * 1_000).toISOString() };
      if (way.ifAlready === 'ok' && isAlready(way.operation, problem)) return ended({ status: 'already', changeId: null, result: null });
      return ended({ status: isDenied(problem) ? 'denied' : 'failed', changeId: null, result: null, error: faultOf(refusalOf(problem)) });
    }
  }
} // prettier-ignore

/** Makes calls while there is room. What it answers is finished when nothing runs and nothing is left. */
export async function proceed(run: NodeRun, way: Way, from: Standing): Promise<Standing> {
  let standing = from;
  const stopped = (): boolean => way.stopOnError && standing.done.some(isBad);
  while (standing.next < standing.inputs.length && standing.running.length < way.parallel && !stopped()) {
    run.signal.throwIfAborted();
    standing = await callOne(run, way, standing);
    if (standing.until !== null) break;
  }
  return stopped() ? { ...standing, until: null } : standing;
}

/** A Change has ended. */
export function settled(standing: Standing, woken: Woken): Standing {
  if (woken.kind === 'timer') return { ...standing, until: null };
  const one = woken.kind === 'change' ? standing.running.find(({ changeId }) => changeId === woken.changeId) : undefined;
  if (!one || woken.kind !== 'change') return standing;
  const error = endingOf(woken);
  const done: Done = { index: one.index, status: error ? 'failed' : 'done', changeId: one.changeId, result: woken.result, ...(error ? { error: faultOf(error) } : {}) };
  return { ...standing, running: standing.running.filter(({ index }) => index !== one.index), done: [...standing.done, done] };
} // prettier-ignore

/** What it waits for; nothing when it is finished. */
export const waitsOf = ({ running, until }: Standing): Wait[] => [
  ...running.map(({ changeId }): Wait => ({ kind: 'change', changeId })),
  ...(until === null ? [] : [{ kind: 'timer', at: new Date(until) } as const]),
];

/** People are all that it waits for. */
export const waitsForPeople = ({ running, until }: Standing): boolean => until === null && running.length > 0 && running.every((one) => one.waitsForPeople); // prettier-ignore

export const inOrder = ({ done }: Standing): Done[] => done.toSorted((a, b) => a.index - b.index);
