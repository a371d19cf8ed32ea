import type { ApprovalLeaf } from '#kernel/gate-steps.ts';
import { compileExpression, type Expression, type ExpressionOptions } from './cel/cel.ts';
import { LIMITS, type Limits } from '#kernel/cel/limits.ts';
import type { Catalogue, CompileOptions } from './facts.ts';
import { compileMatch, type Matcher } from './match.ts';
import type { ApprovalTree, Fault, Layer, Policy, PolicySet } from './types.ts';

/** An approval tree whose conditions are ready to run. */
export type CompiledTree =
  | { all: CompiledTree[]; when?: Expression }
  | { any: CompiledTree[]; when?: Expression }
  | (ApprovalLeaf & { when?: Expression });

export interface CompiledPolicy {
  policy: Policy;
  /** `set/policy`. */
  rule: string;
  matcher: Matcher;
  when?: Expression;
  unless?: Expression;
  messageExpr?: Expression;
  tree?: CompiledTree;
  /** The judgement of a rule that applies to every call it is about: nothing has to be evaluated for it. */
  always?: { rule: string; applies: true };
  /** Asked of each resource by itself, because an expression reads `resource`. */
  perResource: boolean;
  /** Whether it is too costly to run where requests are answered. */
  expensive: boolean;
}

/** A set that has been read, checked and made ready to run. Immutable; keep it for as long as its version is in force. */
export interface CompiledSet {
  readonly set: PolicySet;
  readonly version: string;
  readonly layer: Layer;
  readonly team: string | undefined;
  readonly limits: Limits;
  /** Those that are enabled. */
  readonly policies: readonly CompiledPolicy[];
}

/** Steps from which on an expression runs in the worker. */
const EXPENSIVE = 2_000;

interface Compiling {
  set: PolicySet;
  at: number;
  policy: Policy;
  options: Omit<ExpressionOptions, 'expects'>;
  faults: Fault[];
}

/** Line and column of a place inside an expression that stands at a pointer. */
function locate(set: PolicySet, pointer: string, source: string, offset: number): Pick<Fault, 'line' | 'column'> {
  const [line, column] = set.positions[pointer] ?? [1, 1];
  const before = source.slice(0, offset).split('\n');
  return before.length === 1 ? { line, column: column + offset } : { line: line + before.length - 1, column: before.at(-1)!.length + 1 };
}

function expression(compiling: Compiling, field: string, source: string | undefined, expects: 'bool' | 'string'): Expression | undefined {
  if (source === undefined) return undefined;
  const { set, at, policy, options, faults } = compiling;
  const pointer = `/spec/policies/${at}/${field}`;
  const compiled = compileExpression(source, { ...options, expects });
  const fault = (message: string, offset: number): void =>
    void faults.push({ ...locate(set, pointer, source, offset), pointer, message: `${policy.id}: ${field}: ${message}`, severity: 'error' });
  if ('message' in compiled) {
    fault(compiled.message, compiled.start);
    return undefined;
  }
  if (compiled.names.has('plan') && policy.phases.includes('request')) {
    fault('plan is known in the phases plan and apply only; give the rule phase: plan', Math.max(source.indexOf('plan'), 0));
    return undefined;
  }
  return compiled;
}

function treeOf(compiling: Compiling, tree: ApprovalTree, field: string): CompiledTree {
  const { when, ...rest } = tree;
  const condition = expression(compiling, `${field}/when`, when, 'bool');
  const ready = 'all' in rest
    ? { all: rest.all.map((child, at) => treeOf(compiling, child, `${field}/all/${at}`)) }
    : 'any' in rest ? { any: rest.any.map((child, at) => treeOf(compiling, child, `${field}/any/${at}`)) } : rest;
  return condition ? { ...ready, when: condition } : ready;
} // prettier-ignore

/** The input's type is known when a rule is about exactly one Operation, by its full name. */
function inputOf(policy: Policy, catalogue: Catalogue): object | undefined {
  const [name, ...others] = policy.match.operations ?? [];
  if (name === undefined || others.length > 0 || name.includes('*') || name.startsWith('!')) return undefined;
  return catalogue.find((entry) => entry.name === name)?.input;
}

const conditionsOf = (tree: CompiledTree | undefined): Expression[] => {
  if (!tree) return [];
  const children = 'all' in tree ? tree.all : 'any' in tree ? tree.any : [];
  return [...(tree.when ? [tree.when] : []), ...children.flatMap(conditionsOf)];
};

function policyOf(compiling: Compiling): CompiledPolicy {
  const { policy, set } = compiling;
  const when = expression(compiling, 'when', policy.when, 'bool');
  const unless = expression(compiling, 'unless', policy.unless, 'bool');
  const messageExpr = expression(compiling, 'messageExpr', policy.messageExpr, 'string');
  const tree = policy.type === 'approval-required' ? treeOf(compiling, policy.approval.tree, 'approval') : undefined;
  const all = [when, unless, messageExpr, ...conditionsOf(tree)].filter((one) => one !== undefined);
  return {
    policy,
    rule: `${set.name}/${policy.id}`,
    matcher: compileMatch(policy.match),
    ...(when && { when }),
    ...(unless && { unless }),
    ...(messageExpr && { messageExpr }),
    ...(tree && { tree }),
    ...(all.length === 0 && !tree && policy.type !== 'time-window' && { always: { rule: `${set.name}/${policy.id}`, applies: true as const } }),
    perResource: [when, unless].some((one) => one?.names.has('resource')),
    expensive: all.reduce((total, one) => total + one.cost, 0) > EXPENSIVE,
  };
}

/** Types and compiles every expression of a set, also of rules that are switched off. Answers the faults when there are any. */
export function compileSet(set: PolicySet, catalogue: Catalogue = [], options: CompileOptions = {}): CompiledSet | Fault[] {
  const faults: Fault[] = [];
  const limits = options.limits ? { ...LIMITS, ...options.limits } : LIMITS;
  const compiled = set.policies.map((policy, at) =>
    policyOf({ set, at, policy, faults, options: { input: inputOf(policy, catalogue), params: set.params, limits } }),
  );
  if (faults.length > 0) return faults;
  const policies = compiled.filter(({ policy }) => policy.enabled);
  return Object.freeze({ set, version: options.version ?? 'draft', layer: options.layer ?? 'tenant', team: options.team, limits, policies });
}
