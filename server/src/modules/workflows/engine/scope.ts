import type { Json } from '../graph.ts';
import type { Moment, Scope } from '../expressions/index.ts';
import { compileExpression } from '../expressions/index.ts';
import { asJson } from './faults.ts';
import { inTurn } from './loop-rules.ts';
import { innerPath, type Frame, type LoopRun, type Spot, type Walk } from './walk.ts';

/** What an iteration sees of its loop. */
const loopView = ({ turns, next, results }: LoopRun, index: number): Json => ({
  count: turns?.length ?? next,
  first: index === 0,
  last: turns !== undefined && index === turns.length - 1,
  results: inTurn(results),
});

/** The items of all loops around, by their names; the innermost also as `item`. */
function namesOf(frame: Frame): Record<string, Json> {
  if (!frame.loop) return {};
  const { config, accumulator, spot } = frame.loop;
  const folded = config.accumulator === undefined ? {} : { acc: accumulator ?? null, accumulator: accumulator ?? null };
  return { ...namesOf(spot.frame), [config.itemName]: frame.item, ...folded };
}

/** All that expressions of a node may read, with what came in. */
export function scopeOf(walk: Walk, { frame, inherited }: Spot, input: Json): Scope {
  const error = inherited ? { error: asJson(inherited) } : {};
  if (!frame.loop) return { ...walk.base, input, nodes: frame.views, ...error };
  const { item, index, loop } = frame;
  return { ...walk.base, input, nodes: frame.views, ...error, item, index, loop: loopView(loop, index), extra: namesOf(frame) };
}

/** The same after a crash: by execution and place. */
export const seedOf = ({ row }: Walk, { node, frame: { path } }: Spot): string => `${row.id} ${node.id} ${path}`;

/** A bare expression of a node's own, compiled once for all executions of the program. Throws NodeError. */
export function evaluate({ program }: Walk, source: string, scope: Scope, moment: Moment, extra?: Readonly<Record<string, Json>>): Json {
  let expression = program.expressions.get(source);
  if (!expression) program.expressions.set(source, (expression = compileExpression(source)));
  return expression.evaluate(scope, moment, extra);
}

/** An expression of a loop about one of its iterations. */
export function inLoop(walk: Walk, loop: LoopRun, source: string, about: { item: Json; index: number; result?: Json }): Json {
  const { spot, config, accumulator } = loop;
  const { item, index, result = null } = about;
  const scope = { ...scopeOf(walk, spot, loop.input), item, index, loop: loopView(loop, index) };
  const extra = { [config.itemName]: item, item, index, result, last: loop.last, acc: accumulator ?? null, accumulator: accumulator ?? null };
  return evaluate(walk, source, scope, { seed: `${seedOf(walk, spot)} ${innerPath('', index)}`, now: spot.rec?.startedAt ?? walk.row.createdAt }, extra);
} // prettier-ignore
