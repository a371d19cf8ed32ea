import { Environment, type ParseResult, type RegisterTypeDeclaration } from '@marcbachmann/cel-js';
import { functionsIn, IN_ZONE, MATCHES, OPERATORS, type Surroundings } from './functions.ts';
import { inputTypes } from './input-type.ts';
import { LimitExceeded, LIMITS, Meter, type Limits } from './limits.ts';
import { childrenOf, comprehensionOf, costOf, freeNames, tooDeep, walk, type Node, type Trouble } from './nodes.ts';
import { Sets, Shape, TYPES, VARIABLES } from './objects.ts';

/** This file alone knows the library that reads and evaluates CEL; what it lets through is bounded here. */

/** The decision that is being taken: evaluation is synchronous, so there is one at a time. */
let surroundings: Surroundings | undefined;
let meter = new Meter(LIMITS);

const register = (env: Environment, name: string, ctor: unknown, fields: Record<string, string>): Environment =>
  env.registerType({ name, ctor, fields } as unknown as RegisterTypeDeclaration);

function environment(limits: Limits): Environment {
  const env = new Environment({ limits: { maxAstNodes: limits.nodes, maxDepth: limits.depth }, homogeneousAggregateLiterals: false });
  for (const { name, ctor, fields } of TYPES) register(env, name, ctor, fields);
  for (const [name, type] of Object.entries(VARIABLES)) env.registerVariable(name, type);
  env.registerConstant('sets', 'Sets', new Sets());
  for (const [signature, handler] of Object.entries(
    functionsIn(
      () => surroundings!,
      (steps) => meter.spend(steps),
    ),
  ))
    env.registerFunction(signature, handler, { async: false } as never);
  for (const [signature, handler] of Object.entries(OPERATORS)) env.registerOperator(signature, handler as (a: unknown, b: unknown) => boolean);
  return env;
}

const base = environment(LIMITS);
/** Runs expressions: `input` is whatever it is. */
const running = base.clone().registerVariable('input', 'map<string, dyn>');
const relaxed = new WeakMap<Limits, Environment>();

const runningWith = (limits: Limits): Environment => {
  if (limits === LIMITS) return running;
  let env = relaxed.get(limits);
  if (!env) relaxed.set(limits, (env = environment(limits).registerVariable('input', 'map<string, dyn>')));
  return env;
};

const typed = new WeakMap<object, Environment>();

/** Checks expressions: `input` has the fields of one Operation's. */
function typedBy(schema: object): Environment {
  let env = typed.get(schema);
  if (!env) {
    env = base.clone();
    const { types, type } = inputTypes(schema);
    for (const one of types) register(env, one.name, class extends Shape {}, one.fields);
    typed.set(schema, env.registerVariable('input', type));
  }
  return env;
}

/** `.in(` outside of texts and comments, which CEL would take for its operator. */
const TOKENS =
  /[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')|"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|\/\/[^\n]*|\.in(?=\s*\()/g;
const prepared = (source: string): string => source.replace(TOKENS, (token) => (token === '.in' ? `.${IN_ZONE}` : token));

interface Step extends Node {
  handle?: (...args: unknown[]) => unknown;
  evaluate: (...args: unknown[]) => unknown;
  meta: { alternate?: Step; evaluate: (...args: unknown[]) => unknown };
}

const sizeOf = (value: unknown): number => (typeof value === 'string' ? value.length >> 6 : Array.isArray(value) ? value.length : 0);

/** Counts operators and calls with the size of what they look at. */
function metered(handle: NonNullable<Step['handle']>, op: string): NonNullable<Step['handle']> {
  const call = op === 'call' || op === 'rcall';
  return (...args) => {
    const looked = call ? (args[0] as unknown[]) : args.slice(0, 2);
    meter.spend(looked.reduce<number>((total, one) => total + sizeOf(one), 1));
    const result = handle(...args);
    if (typeof result === 'string') meter.text(result);
    return result;
  };
}

const METERED: ReadonlySet<string> = new Set(['call', 'rcall', 'in', '==', '!=', '+', '-', '*', '/', '%', '<', '<=', '>', '>=']);

/**
 * Counts the rounds of a comprehension. Quantifiers go on after an error of one element, so a range that is too long is refused at
 * the door, and so is every further comprehension once the budget is used up: what is left then is short.
 */
function meterRounds(comprehension: Step): void {
  const round = (comprehension.args as { step: Step }).step;
  const { evaluate } = round.meta;
  round.evaluate = (...args) => {
    meter.round();
    return evaluate(...args);
  };
  const handle = comprehension.handle!;
  comprehension.handle = (...args) => {
    meter.enter(Array.isArray(args[0]) ? args[0].length : 0);
    return handle(...args);
  };
}

/** Has every round of a comprehension and every operator counted. The tree has been type-checked, which is when CEL sets its handlers. */
function meterTree(ast: Node): void {
  walk(ast, (node) => {
    const step = node as Step;
    if (step.meta.alternate?.op === 'comprehension') meterRounds(step.meta.alternate);
    else if (step.handle && METERED.has(step.op)) step.handle = metered(step.handle, step.op);
  });
}

export interface Expression {
  source: string;
  /** Guess of what it costs; see `costOf`. */
  cost: number;
  /** Variables it reads. */
  names: ReadonlySet<string>;
  ast: Node;
  /** Throws what CEL throws, or LimitExceeded. */
  run: (variables: object) => unknown;
}

export interface ExpressionOptions {
  expects: 'bool' | 'string';
  /** JSON Schema of `input`, where it is known. */
  input?: object | undefined;
  params?: Readonly<Record<string, unknown>>;
  limits?: Limits | undefined;
}

const summaryOf = (error: unknown): string => {
  const { summary, message } = error as { summary?: string; message: string };
  return (summary ?? message).replaceAll(MATCHES, 'matches').replaceAll(/Exceeded maxAstNodes \((\d+)\)/g, 'more than $1 parts').replaceAll(/Exceeded maxDepth \((\d+)\)/g, 'nested more than $1 deep'); // prettier-ignore
};

function troubleOf(error: unknown): Trouble {
  const range = (error as { range?: { start: number; end: number } }).range;
  return { message: summaryOf(error), start: range?.start ?? 0, end: range?.end ?? range?.start ?? 0 };
}

function parse(env: Environment, source: string): ParseResult {
  const parsed = env.parse(prepared(source));
  walk(parsed.ast, ({ op, args }) => {
    if (op === 'rcall' && (args as unknown[])[0] === 'matches') (args as unknown[])[0] = MATCHES;
  });
  return parsed;
}

/** Parameters that are read but not given: only `params.name` can be told before it runs. */
function unknownParam(ast: Node, params: Readonly<Record<string, unknown>>): Trouble | undefined {
  let trouble: Trouble | undefined;
  walk(ast, ({ op, args, start, end }) => {
    const [left, name] = Array.isArray(args) ? (args as [Node, unknown]) : [];
    if (op === '.' && left?.op === 'id' && left.args === 'params' && !Object.hasOwn(params, String(name)))
      trouble ??= { message: `there is no parameter "${String(name)}" in spec.params`, start, end };
  });
  return trouble;
}

function refusal(ast: Node, limits: Limits, params: Readonly<Record<string, unknown>>): Trouble | undefined {
  if (freeNames(ast).has('cel')) return { message: 'cel.bind is not offered', start: ast.start, end: ast.end };
  return tooDeep(ast, limits) ?? unknownParam(ast, params);
}

/** Reads and type-checks an expression. Answers what is wrong with it, with positions in its source, when something is. */
export function compileExpression(source: string, { expects, input, params = {}, limits = LIMITS }: ExpressionOptions): Expression | Trouble {
  if (Buffer.byteLength(source) > limits.bytes) return { message: `an expression has at most ${limits.bytes} bytes`, start: 0, end: source.length };
  try {
    const env = runningWith(limits);
    if (input) {
      const { valid, error } = parse(typedBy(input), source).check();
      if (!valid) return troubleOf(error);
    }
    const parsed = parse(env, source);
    const ast = parsed.ast as unknown as Node;
    const refused = refusal(ast, limits, params);
    if (refused) return refused;
    const { valid, type, error } = parsed.check();
    if (!valid) return troubleOf(error);
    if (type !== expects && type !== 'dyn')
      return { message: `must give ${expects === 'bool' ? 'true or false' : 'a text'}, gives ${type}`, start: 0, end: source.length };
    meterTree(ast);
    return { source, cost: costOf(ast), names: freeNames(ast), ast, run: (variables) => parsed(variables) as unknown };
  } catch (error) {
    return troubleOf(error);
  }
}

/** Runs work in which expressions are evaluated, with one budget for all of it; the meter tells what was spent. */
export function withBudget<T>(limits: Limits, around: Surroundings, work: (spent: Meter) => T): T {
  const [outerMeter, outer] = [meter, surroundings];
  meter = new Meter(limits);
  surroundings = around;
  try {
    return work(meter);
  } finally {
    meter = outerMeter;
    surroundings = outer;
  }
}

/** Runs work inside another's decision without charging it: what a trace looks at must not change what is decided. */
export const uncharged = <T>(work: () => T): T => withBudget(meter.limits, surroundings!, work);

/** The value of an expression. Throws an Error whose message says what is wrong; a budget that is used up is never swallowed. */
export function valueOf(expression: Expression, variables: object, expects: 'bool' | 'string' | 'any' = 'any'): unknown {
  let value: unknown;
  try {
    value = expression.run(variables);
  } catch (error) {
    throw meter.exceeded ?? (error instanceof LimitExceeded ? error : new Error(summaryOf(error), { cause: error }));
  }
  if (meter.exceeded) throw meter.exceeded;
  if (expects === 'bool' && typeof value !== 'boolean') throw new Error(`gave ${typeof value}, not true or false`);
  if (expects === 'string' && typeof value !== 'string') throw new Error(`gave ${typeof value}, not a text`);
  return value;
}

/** One budget step for looking at a further resource. */
export const countRound = (): void => meter.round();

export interface Part {
  start: number;
  end: number;
  part: Expression;
}

/** A literal says what it is, and the bodies of comprehensions have no value by themselves. */
const SPEAKS: ReadonlySet<string> = new Set(['id', '.', '[]', 'call', 'rcall', '?:', '||', '&&', '!_', '-_', ...METERED]);

function standing(node: Node): Node[] {
  const comprehension = comprehensionOf(node);
  const below = comprehension ? standing(comprehension.range) : childrenOf(node).flatMap(standing);
  return SPEAKS.has(node.op) ? [node, ...below] : below;
}

const parts = new WeakMap<Expression, Part[]>();

/** The parts of an expression that have a value by themselves, each ready to run; the whole comes first. */
export function subExpressions(expression: Expression): Part[] {
  let known = parts.get(expression);
  if (!known) {
    const { source } = expression;
    known = standing(expression.ast).flatMap(({ start, end }) => {
      const part = compilePart(source.slice(start, end));
      return part ? [{ start, end, part }] : [];
    });
    parts.set(expression, known);
  }
  return known;
}

/** A part of a whole that has been checked; undefined for what does not stand alone, such as the name of a namespace. */
function compilePart(source: string): Expression | undefined {
  try {
    const parsed = parse(running, source);
    if (!parsed.check().valid) return undefined;
    const ast = parsed.ast as unknown as Node;
    meterTree(ast);
    return { source, cost: costOf(ast), names: freeNames(ast), ast, run: (variables) => parsed(variables) as unknown };
  } catch {
    return undefined;
  }
}
