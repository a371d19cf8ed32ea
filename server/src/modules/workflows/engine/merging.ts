import { newId } from '#kernel/ids.ts';
import type { Json } from '../graph.ts';
import { NodeError } from '../nodes/declare.ts';
import type { MergePolicy } from './flow.ts';
import { combine, type Combining, type MergeInput } from './merge.ts';
import { evaluate, scopeOf, seedOf } from './scope.ts';
import { complete, consider, edgeState, recordOf, say, settle, touch, valueOf } from './settle.ts';
import { MOST_TIMER, NOTHING, placeOf, type Spot, type Walk } from './walk.ts';

interface MergeConfig extends MergePolicy {
  combine: Combining['combine'];
  input?: string;
  key?: string;
  joinType?: 'inner' | 'left' | 'outer';
  timeoutSeconds?: number;
  cancelRest?: boolean;
}

/** A Merge decides before anything has come in, so its settings are literal. Throws NodeError. */
function configOf({ node }: Spot): MergeConfig {
  const parsed = node.type.config.safeParse(node.node.config);
  if (!parsed.success) throw new NodeError('config-invalid', 'config', `The settings of "${node.key}" are not valid: ${parsed.error.issues[0]?.message ?? ''}`); // prettier-ignore
  return { n: 1, ...(parsed.data as object) } as MergeConfig;
}

export function mergePolicyOf(spot: Spot): MergePolicy {
  try {
    return configOf(spot);
  } catch {
    // It fails with that once something has come in.
    return { policy: 'all', n: 1 };
  }
}

/** From the first value on a Merge waits so long and no longer. */
export function startMergeTimer(walk: Walk, spot: Spot): void {
  if (spot.timer) return;
  const { timeoutSeconds } = configOf(spot);
  if (timeoutSeconds === undefined) return;
  const known = walk.waits.get(placeOf(spot.node.id, spot.frame.path))?.find(({ kind }) => kind === 'merge');
  const dueAt = known?.dueAt ?? new Date(Date.now() + timeoutSeconds * 1_000);
  const wait = { id: known?.id ?? newId(), kind: 'merge', dueAt } as const;
  spot.waits = [{ ...wait, person: false }];
  if (!known) walk.out.waits.push({ ...wait, nodeId: spot.node.id, key: spot.node.key, path: spot.frame.path });
  const late = (): void => {
    spot.late = true;
    walk.queue.push(() => consider(walk, spot));
    walk.wake();
  };
  spot.timer = setTimeout(late, Math.min(MOST_TIMER, Math.max(0, dueAt.getTime() - Date.now())));
}

/** Nodes that lead to the merge alone, from the inputs that it does without. */
function cancelRest(walk: Walk, spot: Spot): void {
  const { frame, node } = spot;
  const waiting = node.incoming.filter((edge) => edgeState(frame, edge) === 'open').map(({ source }) => source);
  const seen = new Set([node.id]);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const one = frame.spots.get(id);
    if (!one || seen.has(id) || one.settled || !one.node.outgoing.every(({ target }) => seen.has(target))) continue;
    seen.add(id);
    one.abort?.abort(new NodeError('cancelled', 'cancelled', `"${node.key}" had what it needs.`));
    walk.active.delete(one);
    clearTimeout(one.timer);
    walk.out.closed.push(...one.waits.map((wait) => wait.id));
    if (one.rec) touch(walk, one, { status: 'cancelled', endedAt: new Date() });
    else recordOf(walk, one, { status: 'cancelled', startedAt: new Date(), endedAt: new Date() });
    say(walk, 'node.skipped', one, { reason: 'cancelled' });
    settle(walk, one, 'cancelled', NOTHING);
    waiting.push(...one.node.incoming.map(({ source }) => source));
  }
}

/** Takes the inputs at these places and hands on what they come to. Which ones it took is in its record, before the graph goes on. */
export function merge(walk: Walk, spot: Spot, places: readonly number[]): void {
  const { node, frame } = spot;
  clearTimeout(spot.timer);
  walk.out.closed.push(...spot.waits.map(({ id }) => id));
  const now = new Date();
  const inputs = places.map((place): MergeInput => {
    const edge = node.incoming[place]!;
    return { port: edge.targetPort, from: walk.program.nodes.get(edge.source)!.key, value: valueOf(frame, edge) };
  });
  recordOf(walk, spot, { startedAt: now, input: inputs.map(({ from }) => from) });
  const config = configOf(spot);
  const { key } = config;
  const scope = scopeOf(walk, spot, null);
  const keyOf = key === undefined ? {} : { keyOf: (item: Json) => evaluate(walk, key, scope, { seed: seedOf(walk, spot), now }, { item }) };
  const output = combine(inputs, { combine: config.combine, input: config.input, ...(config.joinType ? { joinType: config.joinType } : {}), ...keyOf }); // prettier-ignore
  complete(walk, spot, new Map([['main', output]]));
  if (config.cancelRest) cancelRest(walk, spot);
}
