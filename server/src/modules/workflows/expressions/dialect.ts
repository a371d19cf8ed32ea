import { createHash } from 'node:crypto';
import { createDialect } from '#kernel/cel/dialect.ts';
import { LIBRARY } from '#kernel/cel/functions/index.ts';
import { LIMITS, type Limits } from '#kernel/cel/limits.ts';
import { LOOP } from '#kernel/cel/spelling.ts';
import type { Moment } from './scope.ts';

/** What one expression of a workflow may be and may cost (workflows.md 5.2, 15). */
export const EXPRESSION_LIMITS: Limits = {
  ...LIMITS,
  bytes: 8_192,
  nodes: 2_000,
  depth: 64,
  comprehensionDepth: 4,
  iterations: 100_000,
  work: 100_000,
  text: 1_048_576,
  milliseconds: 50,
};
/** Bytes of a result as JSON. */
export const MOST_RESULT = 1_048_576;

/** Evaluation is synchronous, so there is one at a time. */
let moment: Moment & { drawn: number } = { seed: '', now: new Date(0), drawn: 0 };

/** Runs work whose `now()`, `uuid()` and `random()` hang on nothing but the moment. */
export function at<T>({ seed, now }: Moment, work: () => T): T {
  const outer = moment;
  moment = { seed, now, drawn: 0 };
  try {
    return work();
  } finally {
    moment = outer;
  }
}

const draw = (): Buffer =>
  createHash('sha256')
    .update(`${moment.seed}\n${moment.drawn++}`)
    .digest();

/** RFC 9562, version 8: bits of our own choosing. */
function uuid(): string {
  const bytes = draw().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** 53 bits, as many as a double holds. */
const random = (): number => draw().readUIntBE(0, 6) / 2 ** 48;

/** Variables that every node has; others come with loops and errors. */
const VARIABLES = {
  input: 'dyn',
  trigger: 'dyn',
  nodes: 'map<string, dyn>',
  item: 'dyn',
  index: 'int',
  [LOOP]: 'dyn',
  vars: 'map<string, dyn>',
  secrets: 'map<string, dyn>',
  execution: 'dyn',
  workflow: 'dyn',
  tenant: 'dyn',
  actor: 'dyn',
  error: 'dyn',
} as const;

export const DIALECT = createDialect(
  {
    ...LIBRARY,
    variables: VARIABLES,
    functions: { ...LIBRARY.functions, 'now(): google.protobuf.Timestamp': () => moment.now, 'uuid(): string': uuid, 'random(): double': random },
    optional: true,
    // Loops give their items names of their own.
    open: true,
  },
  EXPRESSION_LIMITS,
);
