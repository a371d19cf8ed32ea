import { valueOf, type Expression } from '#kernel/cel/dialect.ts';
import { LimitExceeded, withMeter } from '#kernel/cel/limits.ts';
import { LOOP } from '#kernel/cel/spelling.ts';
import { isLarger, toCel, toJson, toText } from '#kernel/cel/values.ts';
import type { Json } from '../graph.ts';
import { NodeError } from '../nodes/declare.ts';
import { at, DIALECT, EXPRESSION_LIMITS, MOST_RESULT } from './dialect.ts';
import { NO_REFERENCES, pathsOf, referencesOf, together, type Path } from './references.ts';
import type { CompiledExpression, Moment, References, Scope } from './scope.ts';
import { isPlain, piecesOf } from './template.ts';

/** An expression with what validation wants to know of it. */
export interface Compiled extends CompiledExpression {
  /** Type of CEL, as far as it can be told. */
  type: string;
  paths: readonly Path[];
  /** Variables it reads, as they are written. */
  names: ReadonlySet<string>;
  run: (variables: object, moment: Moment) => Json;
}

const TYPE_CODES: ReadonlySet<unknown> = new Set([
  'no_such_overload', 'no_matching_overload', 'invalid_condition_type', 'invalid_logical_operand', 'invalid_comprehension_range',
  'variable_type_mismatch', 'field_type_mismatch', 'list_item_type_mismatch', 'invalid_index_type', 'cannot_index_type', 'unsupported_type',
]); // prettier-ignore

/** Something that the expression reads is not there. */
const ABSENT: ReadonlySet<unknown> = new Set(['no_such_key', 'index_out_of_bounds', 'unknown_variable']);

/** Whether an evaluation failed because something that it reads is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof NodeError &&
  typeof error.details === 'object' &&
  error.details !== null &&
  !Array.isArray(error.details) &&
  error.details['missing'] === true;

const SHOWN = 200;
const cut = (source: string): string => (source.length > SHOWN ? `${source.slice(0, SHOWN)}…` : source);

function faultOf(error: unknown, source: string): NodeError {
  if (error instanceof NodeError) return error;
  const details = { source: cut(source) };
  if (error instanceof LimitExceeded)
    return new NodeError('expression-limit', 'limit', `the expression takes ${error.message}`, { details, cause: error });
  const { message, cause } = error as Error;
  const code = (cause as { code?: string } | undefined)?.code;
  const type = TYPE_CODES.has(code) ? 'type-error' : 'expression-error';
  return new NodeError(type, 'expression', `${message}, in ${cut(source.trim())}`, {
    details: ABSENT.has(code) ? { ...details, missing: true } : details,
    cause: error,
  });
}

/** The variables that an expression reads, by the names that CEL knows them by. */
function variablesOf(names: ReadonlySet<string>, scope: Scope, extra?: Readonly<Record<string, unknown>>): object {
  const variables = Object.create(null) as Record<string, unknown>;
  for (const name of names) {
    const known = name === LOOP ? 'loop' : name;
    const value = extra && Object.hasOwn(extra, known) ? extra[known] : scope.extra && Object.hasOwn(scope.extra, known) ? scope.extra[known] : scope[known as keyof Scope]; // prettier-ignore
    if (value !== undefined) variables[name] = toCel(value as Json);
  }
  return variables;
}

function within(result: Json): Json {
  if (isLarger(result, MOST_RESULT)) throw new LimitExceeded(`a result of more than ${MOST_RESULT} bytes`);
  return result;
}

function ready(source: string, expression: Expression): Compiled {
  const paths = pathsOf(expression.ast).map((path) => (path.root === LOOP ? { ...path, root: 'loop' } : path));
  const run = (variables: object, moment: Moment): Json => {
    try {
      return withMeter(EXPRESSION_LIMITS, () => at(moment, () => within(toJson(valueOf(expression, variables)))));
    } catch (error) {
      throw faultOf(error, source);
    }
  };
  return {
    source,
    type: expression.type,
    paths,
    names: new Set([...expression.names].map((name) => (name === LOOP ? 'loop' : name))),
    references: referencesOf(paths),
    run,
    evaluate: (scope, { seed, now }, extra) =>
      run(variablesOf(expression.names, scope, extra), { seed: `${seed}\n${source}\n${toText(extra?.['index'] ?? '')}`, now }),
  };
}

const MOST_KNOWN = 5_000;
const known = new Map<string, Compiled>();

/** A bare CEL expression, ready to run; compiled once however often it is met. Throws NodeError `expression-error` or `type-error`. */
export function compileExpression(source: string): Compiled {
  const found = known.get(source);
  if (found) return found;
  if (source.trim() === '') throw new NodeError('expression-error', 'expression', 'an expression is expected');
  const expression = DIALECT.compile(source);
  if ('message' in expression) {
    const { message, start, end, kind } = expression;
    throw new NodeError(kind === 'type' ? 'type-error' : 'expression-error', 'expression', `${message}, in ${cut(source.trim())}`, {
      details: { source: cut(source), start, end },
    });
  }
  const compiled = ready(source, expression);
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!);
  known.set(source, compiled);
  return compiled;
}

export interface CompiledTemplate extends CompiledExpression {
  /** There is no expression in it. */
  literal: boolean;
  /** It is exactly one expression, whose value keeps its type. */
  single: boolean;
  expressions: readonly (Compiled & { start: number })[];
}

/** A text with `{{ }}` in it: one expression alone keeps its type, mixed text becomes text. Throws NodeError. */
export function parseTemplate(source: string): CompiledTemplate {
  if (isPlain(source)) return { source, literal: true, single: false, expressions: [], references: NO_REFERENCES, evaluate: () => source };
  const parts = piecesOf(source).map((piece) => ('text' in piece ? piece.text : { ...compileExpression(piece.source), start: piece.start }));
  const expressions = parts.filter((part) => typeof part !== 'string');
  const single = parts.length === 1 && expressions.length === 1;
  const references: References = together(expressions.map((one) => one.references));
  const evaluate: CompiledExpression['evaluate'] = (scope, { seed, now }, extra) => {
    if (single) return expressions[0]!.evaluate(scope, { seed, now }, extra);
    const text = parts.map((part, index) => (typeof part === 'string' ? part : toText(part.evaluate(scope, { seed: `${seed}\n${index}`, now }, extra)))).join(''); // prettier-ignore
    if (text.length > MOST_RESULT) throw new NodeError('expression-limit', 'limit', `the text takes more than ${MOST_RESULT} characters`);
    return text;
  };
  return { source, literal: expressions.length === 0, single, expressions, references, evaluate };
}
