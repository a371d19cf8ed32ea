import type { ErrorClass, GraphNode, Json, NodeSettings } from '../graph.ts';
import { byConfig, type NodeFault } from '../nodes/declare.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { effectIn } from './saying.ts';
import type { Proposal } from './schemas.ts';

/** What an error of a class means, in words for whoever has to do something about it (workflows.md 9.5). */
interface Meaning {
  /** Follows “<node> failed: ”. */
  why: string;
  /** What a person can do that no edit does. */
  advice: readonly string[];
}

export const MEANINGS: Readonly<Record<ErrorClass, Meaning>> = {
  transient: { why: 'what it asked was not to be had for a while', advice: ['Try the execution again: faults of this kind pass.'] },
  timeout: { why: 'it took longer than it may', advice: ['Look whether the other side is slow now, or always was.'] },
  provider: { why: 'the system behind it answered with a fault of its own', advice: ['Look at the health of the connection, and at the provider’s status page.'] },
  auth: { why: 'the other side did not accept who it said it was', advice: ['Look whether the secret that it names was changed, revoked or has expired.'] },
  permission: { why: 'whoever it runs as may not do that', advice: ['Give the missing permission to whoever it runs as, or let somebody start it who has it.'] },
  policy: { why: 'a rule of the tenant forbids it', advice: ['Read the rule; change what is done so that it fits, or ask for an exemption.'] },
  validation: { why: 'what it was given does not fit', advice: ['Look at the input of the record: what came before it may answer something else by now.'] },
  config: { why: 'its configuration is not valid', advice: [] },
  expression: { why: 'an expression could not be worked out', advice: ['Look at the input of the record: a field that the expression reads may be missing.'] },
  not_found: { why: 'what it names is not there', advice: ['Look whether it was deleted or renamed.'] },
  conflict: { why: 'somebody else changed the same thing meanwhile', advice: ['Try the execution again when nobody else is at it.'] },
  budget: { why: 'a budget was used up', advice: ['Raise the budget, or wait until it begins anew.'] },
  limit: { why: 'a limit was reached', advice: ['Let it do less in one run, or raise the limit where the plan allows it.'] },
  egress: { why: 'the address may not be called from here', advice: ['Have somebody open the address, if it is one that may be opened.'] },
  in_doubt: { why: 'nobody knows whether it was done', advice: ['Find out on the other side, and say so at the record.'] },
  system: { why: 'something went wrong within the platform', advice: ['Try it again; if it stays, hand the id of the execution to whoever runs the installation.'] },
  cancelled: { why: 'it was cancelled', advice: [] },
}; // prettier-ignore

const PASSING: ReadonlySet<ErrorClass> = new Set(['transient', 'provider', 'conflict']);

const isIdempotent = (node: GraphNode): boolean => {
  const told = NODE_TYPES.get(node.type)?.idempotent;
  return ['read', 'pure'].includes(effectIn(node)) || (told !== undefined && byConfig(told, node.config));
};

/** What would help by time, or by trying again where that does no harm. */
function helping({ settings = {}, ...node }: GraphNode, { class: kind }: NodeFault): { set: NodeSettings; reason: string } | undefined {
  const most = settings.timeoutSeconds ?? NODE_TYPES.get(node.type)?.timeoutSeconds;
  if (kind === 'timeout' && most !== undefined && most < 3_600) {
    const timeoutSeconds = Math.min(3_600, most * 2);
    return { set: { timeoutSeconds }, reason: `It may take ${timeoutSeconds} s instead of ${most} s` };
  }
  if (!PASSING.has(kind) || !isIdempotent(node) || (settings.retry?.maxAttempts ?? 3) >= 5) return undefined;
  return { set: { retry: { ...settings.retry, maxAttempts: 5 } }, reason: 'It is tried up to five times, since doing it twice does no harm' };
}

/** Edits of the node, as it is in the draft, that would keep this error from ending a run. */
export function editsFor(node: GraphNode, fault: NodeFault): Proposal[] {
  const found = helping(node, fault);
  return found
    ? [{ edit: { op: 'updateNode', id: node.id, set: { settings: { ...node.settings, ...found.set } } }, reason: found.reason, needs: [] }]
    : [];
}

/** Secrets that a configuration names; their values are nobody's business here. */
export const secretsNamed = (config: Readonly<Record<string, Json>>): string[] => [
  ...new Set([...JSON.stringify(config).matchAll(/secret:\/\/([A-Za-z_][\w]{0,99})|\bsecrets\.([A-Za-z_][\w]{0,99})/g)].map((match) => (match[1] ?? match[2])!)),
]; // prettier-ignore
