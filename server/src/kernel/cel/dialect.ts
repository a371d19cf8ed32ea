import { Environment, type ParseResult, type RegisterTypeDeclaration } from '@marcbachmann/cel-js';
import { budget, LimitExceeded, type Limits } from './limits.ts';
import { meterTree } from './metering.ts';
import { costOf, freeNames, tooDeep, walk, type Node, type Trouble } from './nodes.ts';
import { asWritten, MATCHES, respelt } from './spelling.ts';

/** This file alone knows the library that reads and evaluates CEL; what it lets through is bounded here. */

type Constructor = abstract new (...args: never[]) => object;
// oxlint-disable-next-line typescript/no-explicit-any -- CEL hands over what the signature beside it says
export type Handler = (...args: any[]) => unknown;

/** A type of its own: CEL tells types by constructor. Fields by name with their types. */
interface CelClass {
  name: string;
  ctor: Constructor;
  fields: Readonly<Record<string, string>>;
}

/** An argument that is evaluated only when asked for; answers undefined for a key or an element that is not there. */
export type Lazily = () => unknown;

/** What expressions may speak of. */
export interface Vocabulary {
  /** A type stands before those whose fields refer to it. */
  types: readonly CelClass[];
  /** Types of variables by name. */
  variables: Readonly<Record<string, string>>;
  /** Objects by name whose only use is their functions, with their type. */
  namespaces: Readonly<Record<string, readonly [type: string, value: object]>>;
  /** By signature. */
  functions: Readonly<Record<string, Handler>>;
  operators: Readonly<Record<string, (a: never, b: never) => unknown>>;
  /** Functions by name whose arguments are evaluated when asked for, with how many they take. */
  lazy?: Readonly<Record<string, { counts: readonly number[]; pick: (args: readonly Lazily[]) => unknown }>>;
  /** `a.?b`. */
  optional?: boolean;
  /** Variables may be named that are not listed; whether they are there is seen when it runs. */
  open?: boolean;
}

export interface Expression {
  source: string;
  /** Guess of what it costs; see `costOf`. */
  cost: number;
  /** Type of its value as far as it can be told: `int`, `list<string>`, `dyn` … */
  type: string;
  /** Variables it reads. */
  names: ReadonlySet<string>;
  ast: Node;
  /** Throws what CEL throws, or LimitExceeded. */
  run: (variables: object) => unknown;
}

interface CompileOptions {
  expects?: 'bool' | 'string' | undefined;
  /** Further reasons to refuse it. */
  refuse?: ((ast: Node) => Trouble | undefined) | undefined;
}

export interface Dialect {
  /** Reads and type-checks an expression. Answers what is wrong with it, with positions in its source, when something is. */
  compile: (source: string, options?: CompileOptions) => Expression | Trouble;
  /** What is wrong with the types of an expression, with what further types tell. */
  check: (source: string) => Trouble | undefined;
  /** The same with more variables. */
  with: (types: readonly CelClass[], variables: Readonly<Record<string, string>>) => Dialect;
}

const register = (env: Environment, { name, ctor, fields }: CelClass): Environment =>
  env.registerType({ name, ctor, fields } as unknown as RegisterTypeDeclaration);

const summaryOf = (error: unknown): string => {
  const { summary, message } = error as { summary?: string; message: string };
  return asWritten(summary ?? message).replaceAll(/Exceeded maxAstNodes \((\d+)\)/g, 'more than $1 parts').replaceAll(/Exceeded maxDepth \((\d+)\)/g, 'nested more than $1 deep'); // prettier-ignore
};

function troubleOf(error: unknown): Trouble {
  const range = (error as { range?: { start: number; end: number } }).range;
  // A wrong type is told apart from what cannot be read.
  const kind = (error as Error).name === 'TypeError' ? ('type' as const) : ('syntax' as const);
  return { message: summaryOf(error), start: range?.start ?? 0, end: range?.end ?? range?.start ?? 0, kind };
}

/** Codes with which CEL says that something is not there. */
const ABSENT: ReadonlySet<unknown> = new Set(['no_such_key', 'index_out_of_bounds', 'unknown_variable']);

interface Runner {
  run: (node: Node, context: unknown) => unknown;
}
interface Checker {
  check: (node: Node, context: unknown) => unknown;
  dynType: unknown;
}

function look(runner: Runner, node: Node, context: unknown): unknown {
  try {
    return runner.run(node, context);
  } catch (error) {
    if (!budget().exceeded && ABSENT.has((error as { code?: string }).code)) return undefined;
    throw error;
  }
}

const lazily = (pick: (args: readonly Lazily[]) => unknown) => (call: { args: Node[] }) => ({
  args: call.args,
  async: false,
  typeCheck(checker: Checker, { args }: { args: Node[] }, context: unknown) {
    for (const one of args) checker.check(one, context);
    return checker.dynType;
  },
  evaluate: (runner: Runner, { args }: { args: Node[] }, context: unknown) => pick(args.map((one) => () => look(runner, one, context))),
});

interface Branching extends Node {
  meta: { check: (...args: unknown[]) => unknown };
  setMeta: (key: string, value: unknown) => void;
}

/** Branches of different types make a value whose type is looked at when it is used: JSON has one type of number, and null. */
function allowMixedBranches(node: Branching): void {
  const { check: strictly } = node.meta;
  node.setMeta('check', (checker: Checker, ...rest: unknown[]) => {
    try {
      return strictly(checker, ...rest);
    } catch (error) {
      if ((error as { code?: string }).code === 'incompatible_ternary_branches') return checker.dynType;
      throw error;
    }
  });
}

function parse(env: Environment, source: string): ParseResult {
  const parsed = env.parse(respelt(source));
  walk(parsed.ast, (node) => {
    const { op, args } = node;
    if (op === 'rcall' && (args as unknown[])[0] === 'matches') (args as unknown[])[0] = MATCHES;
    if (op === '?:') allowMixedBranches(node as unknown as Branching);
  });
  return parsed;
}

const NAMES: Readonly<Record<string, string>> = { bool: 'true or false', string: 'a text' };

function compile(env: Environment, limits: Limits, source: string, { expects, refuse }: CompileOptions): Expression | Trouble {
  if (Buffer.byteLength(source) > limits.bytes) return { message: `an expression has at most ${limits.bytes} bytes`, start: 0, end: source.length };
  try {
    const parsed = parse(env, source);
    const ast = parsed.ast as unknown as Node;
    const names = freeNames(ast);
    if (names.has('cel')) return { message: 'cel.bind is not offered', start: ast.start, end: ast.end };
    const refused = tooDeep(ast, limits) ?? refuse?.(ast);
    if (refused) return refused;
    const { valid, type = 'dyn', error } = parsed.check();
    if (!valid) return troubleOf(error);
    if (expects && type !== expects && type !== 'dyn')
      return { message: `must give ${NAMES[expects]}, gives ${type}`, start: 0, end: source.length, kind: 'type' };
    meterTree(ast);
    return { source, cost: costOf(ast), type, names, ast, run: (variables) => parsed(variables) as unknown };
  } catch (error) {
    return troubleOf(error);
  }
}

function check(env: Environment, source: string): Trouble | undefined {
  try {
    const { valid, error } = parse(env, source).check();
    return valid ? undefined : troubleOf(error);
  } catch (error) {
    return troubleOf(error);
  }
}

const dialectOf = (env: Environment, limits: Limits): Dialect => ({
  compile: (source, options = {}) => compile(env, limits, source, options),
  check: (source) => check(env, source),
  with(types, variables) {
    const wider = env.clone();
    for (const type of types) register(wider, type);
    for (const [name, type] of Object.entries(variables)) wider.registerVariable(name, type);
    return dialectOf(wider, limits);
  },
});

/** A way to write expressions: one language, with the words of one vocabulary and within limits. */
export function createDialect(vocabulary: Vocabulary, limits: Limits): Dialect {
  const { types, variables, namespaces, functions, operators, lazy = {}, optional = false, open = false } = vocabulary;
  const env = new Environment({
    limits: { maxAstNodes: limits.nodes, maxDepth: limits.depth },
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: optional,
    unlistedVariablesAreDyn: open,
  });
  for (const type of types) register(env, type);
  for (const [name, type] of Object.entries(variables)) env.registerVariable(name, type);
  for (const [name, [type, value]] of Object.entries(namespaces)) env.registerConstant(name, type, value);
  for (const [signature, handler] of Object.entries(functions)) env.registerFunction(signature, handler, { async: false } as never);
  for (const [name, { counts, pick }] of Object.entries(lazy))
    for (const count of counts) env.registerFunction(`${name}(${Array.from({ length: count }, () => 'ast').join(', ')}): dyn`, lazily(pick) as never);
  for (const [signature, handler] of Object.entries(operators)) env.registerOperator(signature, handler as (a: unknown, b: unknown) => boolean);
  return dialectOf(env, limits);
}

/** The value of an expression. Throws an Error whose message says what is wrong; a budget that is used up is never swallowed. */
export function valueOf(expression: Expression, variables: object, expects: 'bool' | 'string' | 'any' = 'any'): unknown {
  const meter = budget();
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

/** One step for looking at a further thing. */
export const countRound = (): void => budget().round();
