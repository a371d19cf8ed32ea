import type { ApprovalNode } from '#kernel/gate-steps.ts';
import { countRound, valueOf, type Expression } from './cel/cel.ts';
import type { Call } from './call.ts';
import type { CompiledPolicy, CompiledSet, CompiledTree } from './compile.ts';
import type { ResourceFacts } from './facts.ts';
import type { TraceValue } from './ruling.ts';
import { traceOf } from './trace.ts';
import { blockedBy, type Blocked } from './windows.ts';

/** What one rule says of one call before it is weighed against the others: plain data, so that a worker can say it too. */
export interface Judgement {
  rule: string;
  /** Whether the rule applies: for allow-only, whether the call is one that it allows. */
  applies: boolean;
  /** Why it could not be told. */
  error?: string;
  /** The text of `messageExpr`. */
  text?: string;
  textError?: string;
  /** Approvals that are asked for, with conditions resolved; absent when none is left. */
  need?: ApprovalNode;
  blocked?: Blocked;
  trace?: TraceValue[];
}

interface Asking {
  call: Call;
  compiled: CompiledPolicy;
  variables: (resource?: ResourceFacts) => object;
  trace: TraceValue[] | undefined;
}

function ask(asking: Asking, expression: Expression, as: TraceValue['expression'], resource?: ResourceFacts): unknown {
  const variables = asking.variables(resource);
  asking.trace?.push(...traceOf(expression, variables, as, resource?.id));
  return valueOf(expression, variables, as === 'messageExpr' ? 'string' : 'bool');
}

const holds = (asking: Asking, resource?: ResourceFacts): boolean => {
  const { when, unless } = asking.compiled;
  return (!when || ask(asking, when, 'when', resource) === true) && !(unless && ask(asking, unless, 'unless', resource) === true);
};

/** Asks for each resource. Which of them is asked first makes no difference: an error counts only where no other answer decides. */
function holdsFor(asking: Asking, resources: readonly ResourceFacts[], every: boolean): { applies: boolean; resource?: ResourceFacts } {
  let trouble: Error | undefined;
  let hit: ResourceFacts | undefined;
  for (const resource of resources) {
    countRound();
    try {
      if (holds(asking, resource) !== every) {
        hit = resource;
        break;
      }
    } catch (error) {
      trouble ??= error as Error;
    }
  }
  if (hit) return every ? { applies: false } : { applies: true, resource: hit };
  if (trouble) throw trouble;
  return { applies: every && resources.length > 0 };
}

/** A condition that reads `resource` holds when it does for one of those the rule is about. */
function asked(asking: Asking, when: Expression): boolean {
  if (!when.names.has('resource')) return ask(asking, when, 'approval') === true;
  const alone: Asking = { ...asking, compiled: { ...asking.compiled, when } };
  delete alone.compiled.unless;
  return holdsFor(alone, asking.compiled.matcher.selects(asking.call), false).applies;
}

/** The tree without the parts whose condition does not hold; undefined when nothing is left of it. */
function needOf(asking: Asking, tree: CompiledTree): ApprovalNode | undefined {
  const { when, ...rest } = tree;
  if (when && !asked(asking, when)) return undefined;
  if (!('all' in rest || 'any' in rest)) return rest;
  const children = ('all' in rest ? rest.all : rest.any).map((child) => needOf(asking, child)).filter((one) => one !== undefined);
  if (children.length < 2) return children[0];
  return 'all' in rest ? { all: children } : { any: children };
}

function messageOf(asking: Asking, resource: ResourceFacts | undefined): Pick<Judgement, 'text' | 'textError'> {
  const { messageExpr, matcher } = asking.compiled;
  if (!messageExpr) return {};
  try {
    const about = resource ?? matcher.selects(asking.call)[0];
    return { text: (ask(asking, messageExpr, 'messageExpr', about) as string).slice(0, 1_024) };
  } catch (error) {
    return { textError: (error as Error).message };
  }
}

function details(asking: Asking, resource: ResourceFacts | undefined): Partial<Judgement> {
  const { compiled, call } = asking;
  const { policy, tree } = compiled;
  const need = tree && needOf(asking, tree);
  if (policy.type !== 'time-window') return { ...messageOf(asking, resource), ...(need && { need }) };
  const { timeWindow } = policy;
  const blocked = blockedBy(timeWindow, call.clock(timeWindow.timezone), call.facts.plan?.estimatedSeconds ?? 0, call.facts.calendars ?? {});
  return { ...(blocked && { ...messageOf(asking, resource), blocked }) };
}

/** Zone of `time` in the expressions of a rule. */
const zoneOf = ({ policy }: CompiledPolicy, { set }: CompiledSet): string =>
  policy.type === 'time-window' ? policy.timeWindow.timezone : set.timezone;

/** What a rule that fits a call says of it. Never throws; runs inside `withBudget`. */
export function judge(set: CompiledSet, compiled: CompiledPolicy, call: Call, traced: boolean): Judgement {
  const { rule, policy, matcher, perResource, always } = compiled;
  if (always) return always;
  const trace: TraceValue[] | undefined = traced ? [] : undefined;
  const zone = zoneOf(compiled, set);
  const asking: Asking = { call, compiled, trace, variables: (resource) => call.variables(set.set.params, zone, resource) };
  const judgement: Judgement = { rule, applies: false, ...(trace && { trace }) };
  try {
    const found = perResource ? holdsFor(asking, matcher.selects(call), policy.type === 'allow-only') : { applies: holds(asking) };
    const resource = 'resource' in found ? found.resource : undefined;
    if (policy.type === 'allow-only') return { ...judgement, applies: found.applies, ...(!found.applies && messageOf(asking, resource)) };
    return found.applies ? { ...judgement, applies: true, ...details(asking, resource) } : judgement;
  } catch (error) {
    return { ...judgement, error: (error as Error).message };
  }
}
