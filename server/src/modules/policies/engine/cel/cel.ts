import { countRound, createDialect, valueOf, type Dialect, type Expression } from '#kernel/cel/dialect.ts';
import { LIBRARY } from '#kernel/cel/functions/index.ts';
import { inputTypes } from '#kernel/cel/input-type.ts';
import { budget, LIMITS, withMeter, type Limits, type Meter } from '#kernel/cel/limits.ts';
import { METERED } from '#kernel/cel/metering.ts';
import { childrenOf, comprehensionOf, walk, type Node, type Trouble } from '#kernel/cel/nodes.ts';
import { Shape } from '#kernel/cel/scalars.ts';
import { functionsIn, type Surroundings } from './functions.ts';
import { Sets, TYPES, VARIABLES } from './objects.ts';

export { countRound, valueOf, type Expression };

/** The decision that is being taken: evaluation is synchronous, so there is one at a time. */
let surroundings: Surroundings | undefined;

const dialectWithin = (limits: Limits): Dialect =>
  createDialect(
    {
      types: [...LIBRARY.types, ...TYPES],
      variables: VARIABLES,
      namespaces: { ...LIBRARY.namespaces, sets: ['Sets', new Sets()] },
      functions: { ...LIBRARY.functions, ...functionsIn(() => surroundings!) },
      operators: LIBRARY.operators,
      lazy: LIBRARY.lazy,
      optional: true,
    },
    limits,
  );

const base = dialectWithin(LIMITS);
const OPEN = { input: 'map<string, dyn>' };
/** Runs expressions: `input` is whatever it is. */
const running = base.with([], OPEN);
const relaxed = new WeakMap<Limits, Dialect>();

const runningWith = (limits: Limits): Dialect => {
  if (limits === LIMITS) return running;
  let dialect = relaxed.get(limits);
  if (!dialect) relaxed.set(limits, (dialect = dialectWithin(limits).with([], OPEN)));
  return dialect;
};

const typed = new WeakMap<object, Dialect>();

/** Checks expressions: `input` has the fields of one Operation's. */
function typedBy(schema: object): Dialect {
  let dialect = typed.get(schema);
  if (!dialect) {
    const { types, type } = inputTypes(schema);
    dialect = base.with(
      types.map(({ name, fields }) => ({ name, ctor: class extends Shape {}, fields })),
      { input: type },
    );
    typed.set(schema, dialect);
  }
  return dialect;
}

export interface ExpressionOptions {
  expects: 'bool' | 'string';
  /** JSON Schema of `input`, where it is known. */
  input?: object | undefined;
  params?: Readonly<Record<string, unknown>>;
  limits?: Limits | undefined;
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

/** Reads and type-checks an expression. Answers what is wrong with it, with positions in its source, when something is. */
export function compileExpression(source: string, { expects, input, params = {}, limits = LIMITS }: ExpressionOptions): Expression | Trouble {
  const tooLong = Buffer.byteLength(source) > limits.bytes;
  const mistyped = input && !tooLong ? typedBy(input).check(source) : undefined;
  return mistyped ?? runningWith(limits).compile(source, { expects, refuse: (ast) => unknownParam(ast, params) });
}

/** Runs work in which expressions are evaluated, with one budget for all of it; the meter tells what was spent. */
export function withBudget<T>(limits: Limits, around: Surroundings, work: (spent: Meter) => T): T {
  const outer = surroundings;
  surroundings = around;
  try {
    return withMeter(limits, work);
  } finally {
    surroundings = outer;
  }
}

/** Runs work inside another's decision without charging it: what a trace looks at must not change what is decided. */
export const uncharged = <T>(work: () => T): T => withBudget(budget().limits, surroundings!, work);

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
      // Something may not stand alone, such as the name of a namespace.
      const part = running.compile(source.slice(start, end));
      return 'message' in part ? [] : [{ start, end, part }];
    });
    parts.set(expression, known);
  }
  return known;
}
