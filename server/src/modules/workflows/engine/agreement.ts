import { sha256 } from '#kernel/ids.ts';
import { hideSecrets } from '#kernel/sensitive.ts';
import type { Json } from '../graph.ts';
import { NodeError, type NodeRun, type Result, type Woken } from '../nodes/declare.ts';
import { canonical, isFields } from '../nodes/values.ts';
import { Surroundings } from '../surroundings.ts';
import type { Rec, Spot, Walk } from './walk.ts';

/** The Operation behind the request, as of the node Approval: its Change is what people find in their inbox. */
const ASK = 'workflows.ask';
/** Step of a run under which it is noted what was agreed to. */
const AGREED = 'approval:agreed';
const EXPIRES_SECONDS = 86_400;
/** Characters of what a request shows of the settings and of what would be done. */
const MOST_SHOWN = 20_000;

/** Whether people have to agree to it before it acts. A dry run acts on nothing. */
export const isHeld = ({ row }: Walk, { node }: Pick<Spot, 'node'>): boolean =>
  node.node.settings?.approval === 'require' && node.effect === 'effect' && node.node.type !== 'respond' && !row.dryRun;

/** It was begun, and had not been agreed to yet: nothing can have been done. */
export const isUnagreed = (walk: Walk, spot: Pick<Spot, 'node'>, { steps }: Pick<Rec, 'steps'>): boolean =>
  isHeld(walk, spot) && steps?.[AGREED] === undefined;

/** What is agreed to: these very settings, with secrets as dots. */
export const marksOf = (shown: Json): string => sha256(canonical(shown)).slice(0, 32);
export const isAgreed = ({ rec }: Spot, mark: string): boolean => rec?.steps?.[AGREED] === mark;

const short = (value: Json): Json => (JSON.stringify(value).length <= MOST_SHOWN ? value : `${JSON.stringify(value).slice(0, MOST_SHOWN)} …`);

/** Without what the Operations that it calls take as secret: a request lies where more people read. */
function masked(run: NodeRun, { node }: Spot, value: Json): Json {
  const names = node.type.operations?.(node.node.config) ?? [];
  if (names.length === 0) return value;
  const { operations } = run.provider(Surroundings);
  const schemas = names.flatMap((name) => operations.get(name)?.input ?? []);
  const hide = (one: Json): Json => {
    if (Array.isArray(one)) return one.map(hide);
    return isFields(one) && one['input'] !== undefined ? { ...one, input: schemas.reduce((found, schema) => hideSecrets(schema, found) as Json, one['input']) } : one;
  };
  return hide(value);
} // prettier-ignore

/** What it would do, as a dry run tells it; a node that cannot tell, or that is refused already, is shown by its settings alone. */
async function wouldOf(spot: Spot, run: NodeRun, config: Record<string, unknown>): Promise<Json> {
  const told = await spot.node.type.simulate?.(run, config).catch(() => undefined);
  return told === undefined ? null : short(masked(run, spot, told.would));
}

async function about(spot: Spot, run: NodeRun, config: Record<string, unknown>, shown: Json): Promise<Json> {
  const { node } = spot;
  // What a sensitive node is given is nobody's to see.
  if (node.node.settings?.sensitive === true) return { node: node.key, type: node.node.type };
  const would = await wouldOf(spot, run, config);
  return { node: node.key, type: node.node.type, settings: short(masked(run, spot, shown)), ...(would === null ? {} : { would }) };
}

/** Asks people to agree to a node’s act, and sleeps until they have decided. The same settings are asked about once. */
export async function askFirst(spot: Spot, run: NodeRun, config: Record<string, unknown>, shown: Json): Promise<Result> {
  const { workflowId, executionId, nodeId, path, key } = run;
  const mark = marksOf(shown);
  const title = `Let "${spot.node.name}" act${path === '' ? '' : ` (iteration ${path})`}?`.slice(0, 200);
  // Recorded: what it would do is told once, so that a crash asks for the same and not for something like it.
  const attachments = await run.step(`approval:about:${mark}`, () => about(spot, run, config, shown));
  const input = { id: workflowId, executionId, nodeId, path, title, attachments, groups: [], minApprovals: 1, expiresInSeconds: EXPIRES_SECONDS };
  const asked = await run.call(ASK, input, { tag: `approval:${mark}` });
  if (asked.status === 'refused') throw new NodeError(asked.problem.slug, 'policy', asked.problem.detail);
  if (asked.status !== 'accepted') throw new NodeError('internal', 'system', 'The request for approval was not kept.');
  const { changeId, changeNumber } = asked;
  run.tell('approval.requested', { nodeId, key, iteration: path, changeId, number: changeNumber });
  return { waits: [{ kind: 'change', changeId }], paused: true, state: { approval: changeId, mark } };
}

/** What it waits for is an agreement of ours, not something of the node's own. */
export function askedFor(walk: Walk, spot: Spot): { mark: string } | undefined {
  const { state } = spot.rec ?? {};
  if (!spot.rec || !isUnagreed(walk, spot, spot.rec) || typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
  return typeof state['mark'] === 'string' && state['approval'] !== undefined ? { mark: state['mark'] } : undefined;
}

const REFUSALS: Readonly<Record<string, readonly [type: string, message: string]>> = {
  rejected: ['approval-rejected', 'People decided that it is not to act.'],
  expired: ['approval-expired', 'Nobody agreed to it in time.'],
};

/** Notes that it may act now. Throws NodeError where people said no, or nothing. */
export function agreed(spot: Spot, mark: string, woken: Woken): Partial<Rec> {
  const state = woken.kind === 'change' ? woken.state : woken.kind;
  if (state === 'succeeded' || state === 'approved') return { steps: { ...spot.rec?.steps, [AGREED]: mark }, state: null };
  const [type, message] = REFUSALS[state] ?? ['approval-withdrawn', `The request for approval ended as ${state}.`];
  throw new NodeError(type, type === 'approval-withdrawn' ? 'cancelled' : 'policy', message, { details: { state, ...(woken.kind === 'change' ? { changeId: woken.changeId } : {}) } });
} // prettier-ignore
