import type { Group } from '#kernel/gate-steps.ts';
import type { Json, Phase, Policy, PolicySet, PolicyTest } from '../types.ts';
import type { DocumentSource, PolicySource, TestSource } from './schema.ts';
import { asksDistinct, treeOf } from './tree.ts';
import { DAYS, zoneOf } from './values.ts';

const PHASES: Partial<Record<PolicySource['type'], Phase[]>> = { 'approval-required': ['plan'], 'time-window': ['request', 'apply'] };

/** An object whose missing fields are really missing. */
type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what is not given, so that two documents that mean the same are the same. */
const given = <T extends object>(value: T): Given<T> => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Given<T>;

type Block<T extends Policy['type']> = Omit<Extract<Policy, { type: T }>, keyof Extract<Policy, { type: 'deny' }>>;
type Blocks = { [T in PolicySource['type']]: (source: Extract<PolicySource, { type: T }>, zone: string) => Block<T> };

const slaOf = (sla: { dueIn: number; backup?: Group | undefined; widenEligibility?: boolean | undefined } | undefined) =>
  sla && given({ dueInSeconds: sla.dueIn, backup: sla.backup, widenEligibility: sla.widenEligibility });

const BLOCKS: Blocks = {
  'approval-required': ({ approval }) => ({
    approval: given({
      tree: treeOf(approval),
      distinct: asksDistinct(approval) ? true : undefined,
      expiresInSeconds: approval.expiresIn,
      sla: slaOf(approval.sla),
    }),
  }),
  'require-comment': ({ comment }) => ({ comment: given(comment) }),
  'require-ticket': ({ ticket }) => ({ ticket: given(ticket) }),
  'rate-limit': ({ rateLimit: { window, key, ...rest } }) => ({ rateLimit: { ...rest, windowSeconds: window, key: [...new Set(key)] } }),
  'time-window': ({ timeWindow: { windows, timezone, ...rest } }, zone) => ({
    timeWindow: {
      ...rest,
      timezone: timezone === undefined ? zone : zoneOf(timezone)!.zone,
      windows: windows.map(({ days, from, to }) => ({ days: days.map((day) => DAYS.indexOf(day) + 1).sort((a, b) => a - b), from, to })),
    },
  }),
  'require-step-up': ({ stepUp: { within, amr } }) => ({ stepUp: given({ withinSeconds: within, amr }) }),
  'require-dry-run': ({ dryRun: { maxAge } }) => ({ dryRun: { maxAgeSeconds: maxAge } }),
  'limit-targets': ({ limitTargets }) => ({ limitTargets }),
  notify: ({ notify: { to, channels } }) => ({ notify: given({ to: to.map(recipient), channels }) }),
  canary: ({ canary: { targets, percent, pause } }) => ({ canary: given({ targets, percent, pauseSeconds: pause }) }),
  deny: () => ({}),
  'allow-only': () => ({}),
};

const recipient = (one: { team: string } | { role: string } | { users: string[] }): string =>
  'team' in one ? `team:${one.team}` : 'role' in one ? `role:${one.role}` : `user:${one.users[0]!}`;

function policyOf(source: PolicySource, { enforcement, zone }: { enforcement: Policy['enforcement']; zone: string }): Policy {
  const { id, description, enabled, severity, phase, match, when, unless, breakGlass, message, messageExpr, onError } = source;
  const common = given({ id, description, enabled, severity, match: given(match), when, unless, breakGlass, message, messageExpr, onError });
  const block = (BLOCKS[source.type] as (one: PolicySource, zone: string) => object)(source, zone);
  return { ...common, type: source.type, enforcement: source.enforcement ?? enforcement, phases: phase ?? PHASES[source.type] ?? ['request'], ...block } as Policy;
} // prettier-ignore

/** One test for each case of a table: the case's facts over those of the test. */
const testsOf = (test: TestSource, at: number): PolicyTest[] =>
  test.cases
    ? test.cases.map((one, index) => ({
        name: `${test.name}: ${one.name ?? index + 1}`,
        given: merge(test.given, one.given),
        expect: given({ ...test.expect, ...one.expect }) as PolicyTest['expect'],
        pointer: `/spec/tests/${at}/cases/${index}`,
      }))
    : [{ name: test.name, given: test.given, expect: given(test.expect!) as PolicyTest['expect'], pointer: `/spec/tests/${at}` }];

const isObject = (value: Json | undefined): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const merge = (under: Record<string, Json>, over: Record<string, Json>): Record<string, Json> => ({
  ...under,
  ...Object.fromEntries(
    Object.entries(over).map(([key, value]) => [key, isObject(value) && isObject(under[key]) ? merge(under[key], value) : value] as const),
  ),
});

const concernsProduction = ({ match }: Policy): boolean => match.environments?.includes('prod') ?? false;

/** A document that has passed its schema as the set the engine works with. */
export function setOf({ metadata, spec }: DocumentSource, positions: PolicySet['positions']): PolicySet {
  const zone = spec.timezone === undefined ? 'UTC' : zoneOf(spec.timezone)!.zone;
  const policies = spec.policies.map((policy) => policyOf(policy, { enforcement: spec.enforcement, zone }));
  return {
    ...(given(metadata) as { name: string }),
    enforcement: spec.enforcement,
    overridable: spec.overridable,
    timezone: zone,
    requireTests: spec.requireTests ?? policies.some(concernsProduction),
    params: spec.params,
    policies,
    tests: spec.tests.flatMap(testsOf),
    positions,
  };
}
