import { compileSet } from './compile.ts';
import { parseSet } from './document/parse.ts';
import type { Catalogue } from './facts.ts';
import { compileGlobs } from './glob.ts';
import type { Fault, Policy, PolicySet } from './types.ts';

type Advice = (policy: Policy, set: PolicySet, catalogue: Catalogue) => { field?: string; message: string } | undefined;

const ADVICE: readonly Advice[] = [
  ({ match: { operations } }, _set, catalogue) => {
    if (!operations || catalogue.length === 0) return undefined;
    const glob = compileGlobs(operations, '.');
    return catalogue.some(({ name }) => glob(name))
      ? undefined
      : { field: 'match/operations', message: 'fits no Operation there is, so the rule never applies' };
  },
  ({ type, match, when, unless }) =>
    type === 'deny' && Object.keys(match).length === 0 && when === undefined && unless === undefined
      ? { field: 'type', message: 'denies every call of the tenant, reads too' }
      : undefined,
  ({ type, when, match }) =>
    type === 'allow-only' && when === undefined && Object.keys(match).length > 0
      ? { field: 'type', message: 'allows every call it is about: say in `when` which of them' }
      : undefined,
  ({ match: { risk }, phases }) =>
    risk?.length === 1 && risk[0] === 'read' && !phases.includes('request')
      ? { field: 'phase', message: 'is about reads, which have no plan and no apply: the rule never applies' }
      : undefined,
  (policy) =>
    policy.type === 'time-window' && policy.timeWindow.mode === 'allow-only' && policy.timeWindow.windows.length === 0
      ? { field: 'timeWindow', message: 'allows only while a calendar holds; without an entry in it nothing is possible' }
      : undefined,
  ({ enabled }) => (enabled ? undefined : { field: 'enabled', message: 'is switched off' }),
  ({ onError, enforcement }) =>
    onError === 'ignore' && enforcement === 'enforce'
      ? { field: 'onError', message: 'lets calls pass when the rule cannot be evaluated' }
      : undefined,
  (policy, set) =>
    policy.type !== 'notify' && policy.message === undefined && policy.messageExpr === undefined && set.requireTests
      ? { message: 'has no message: say in a sentence what people should do' }
      : undefined,
];

/** Params that no expression reads. */
function unusedParams(set: PolicySet): string[] {
  const text = JSON.stringify(set.policies);
  return Object.keys(set.params).filter((name) => !new RegExp(String.raw`params(?:\.|\[\\?["'])${name}\b`).test(text));
}

/** Everything that is wrong with a document, and what is allowed but seldom meant. Errors come first. */
export function lint(text: string, catalogue: Catalogue = []): Fault[] {
  const { set, faults } = parseSet(text);
  if (!set) return faults;
  const compiled = compileSet(set, catalogue);
  const errors = Array.isArray(compiled) ? compiled : [];
  const warn = (pointer: string, message: string): Fault => {
    const [line, column] = set.positions[pointer] ?? set.positions[pointer.replace(/\/[^/]*$/, '')] ?? [1, 1];
    return { line, column, pointer, message, severity: 'warning' };
  };
  const advice = set.policies.flatMap((policy, at) =>
    ADVICE.flatMap((look) => {
      const found = look(policy, set, catalogue);
      return found ? [warn(`/spec/policies/${at}${found.field === undefined ? '' : `/${found.field}`}`, `${policy.id} ${found.message}`)] : [];
    }),
  );
  const unused = unusedParams(set).map((name) => warn(`/spec/params/${name}`, `no expression reads params.${name}`));
  return [...errors, ...faults, ...advice, ...unused];
}
