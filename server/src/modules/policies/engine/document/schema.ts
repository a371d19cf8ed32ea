import { z } from 'zod';
import { clock, DAYS, duration, pattern, people, zoneOf } from './values.ts';

const ID = /^[a-z][a-z0-9-]{1,62}$/;
const id = z.string().regex(ID, 'must begin with a letter and have 2 to 63 of a-z, 0-9 and -');
const expression = z.string().min(1);
const list = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(100);
const glob = z.string().min(1).max(200);
const day = 86_400;

const ENFORCEMENTS = ['enforce', 'warn', 'audit'] as const;

const match = z.strictObject({
  operations: list(glob).optional(),
  risk: list(z.enum(['read', 'write', 'high'])).optional(),
  environments: list(glob).optional(),
  surfaces: list(z.enum(['rest', 'mcp', 'cli', 'ui', 'workflow', 'schedule'])).optional(),
  actors: list(z.enum(['user', 'apiKey', 'service', 'agent', 'workflow', 'system'])).optional(),
  roles: list(glob).optional(),
  teams: list(glob).optional(),
  users: list(glob).optional(),
  resources: z
    .strictObject({
      types: list(glob).optional(),
      ids: list(glob).optional(),
      groups: list(glob).optional(),
      labels: z.record(z.string(), glob).optional(),
    })
    .optional(),
});

/** Of these exactly one makes a node of an approval tree what it is. */
const KINDS = ['all', 'any', 'scopeApprovers', 'resourceOwner', 'group', 'role', 'users'] as const;

const kindFields = {
  scopeApprovers: z.literal(true).optional(),
  resourceOwner: z.literal(true).optional(),
  group: z.string().min(1).max(100).optional(),
  role: z.string().min(1).max(100).optional(),
  users: list(z.string().min(1)).optional(),
  count: z.int().min(1).max(20).optional(),
  otherTeam: z.boolean().optional(),
  distinct: z.boolean().optional(),
  when: expression.optional(),
};
export type TreeSource = { [K in keyof typeof kindFields]?: z.output<(typeof kindFields)[K]> } & {
  all?: TreeSource[] | undefined;
  any?: TreeSource[] | undefined;
};

const oneKind = (node: TreeSource, ctx: z.RefinementCtx): void => {
  const kinds = KINDS.filter((kind) => node[kind] !== undefined);
  if (kinds.length !== 1) ctx.addIssue(`needs exactly one of ${KINDS.join(', ')}`);
  else if ((kinds[0] === 'all' || kinds[0] === 'any') && node.count !== undefined) ctx.addIssue('count belongs to a group, role, users, resourceOwner or scopeApprovers');
}; // prettier-ignore

const TREE_DEPTH = 5;
const treeOf = (depth: number): z.ZodType<TreeSource> => {
  const children = depth < TREE_DEPTH ? list(z.lazy(() => treeOf(depth + 1))).optional() : z.undefined(`approval trees are at most ${TREE_DEPTH} deep`).optional();
  return z.strictObject({ ...kindFields, all: children, any: children }).superRefine(oneKind);
}; // prettier-ignore
const children = list(treeOf(2)).optional();

const approval = z
  .strictObject({
    ...kindFields,
    all: children,
    any: children,
    expiresIn: duration(3_600, 7 * day).optional(),
    sla: z.strictObject({ dueIn: duration(900, 3 * day), backup: people.optional(), widenEligibility: z.boolean().optional() }).optional(),
  })
  .superRefine(oneKind);

const window = z.strictObject({
  days: list(z.enum(DAYS)).default([...DAYS]),
  from: clock.default(0),
  to: clock.default(1_440),
});

const timezone = z.string().refine((name) => zoneOf(name) !== undefined, 'must be a time zone such as Europe/Berlin, UTC or UTC+02:00');

const timeWindow = z
  .strictObject({
    mode: z.enum(['deny', 'allow-only']),
    timezone: timezone.optional(),
    windows: z.array(window).max(50).default([]),
    calendars: z.array(z.string().min(1).max(100)).max(20).default([]),
    allowOverrun: z.boolean().default(false),
  })
  .refine(({ windows, calendars }) => windows.length + calendars.length > 0, 'needs windows or calendars');

const phase = z.enum(['request', 'plan', 'apply']);

const common = {
  id,
  description: z.string().max(1_024).optional(),
  enabled: z.boolean().default(true),
  enforcement: z.enum(ENFORCEMENTS).optional(),
  severity: z.enum(['info', 'low', 'medium', 'high', 'critical']).default('medium'),
  phase: z.union([phase.transform((one) => [one]), list(phase)], 'must be request, plan or apply, or a list of them').optional(),
  match: match.default({}),
  when: expression.optional(),
  unless: expression.optional(),
  breakGlass: z.enum(['allowed', 'never']).default('allowed'),
  message: z.string().min(1).max(1_024).optional(),
  messageExpr: expression.optional(),
  onError: z.enum(['deny', 'ignore']).optional(),
};

const RATE_KEYS = ['user', 'tenant', 'operation', 'environment', 'resource', 'team', 'surface', 'client'] as const;

/** The block that each type of policy needs; a block of another type is an unknown field. */
const blocks = {
  'approval-required': { approval },
  'require-comment': {
    comment: z
      .strictObject({ minLength: z.int().min(1).max(1_000).default(1), ticketPattern: pattern.optional(), pattern: pattern.optional() })
      .prefault({}),
  },
  'require-ticket': { ticket: z.strictObject({ pattern: pattern.optional() }).prefault({}) },
  'rate-limit': {
    rateLimit: z.strictObject({
      limit: z.int().min(0).max(1_000_000),
      window: duration(1, 31 * day),
      key: list(z.enum(RATE_KEYS)).default(['user']),
      algorithm: z.enum(['sliding', 'fixed']).default('sliding'),
      onExceeded: z.enum(['rate-limited', 'policy-denied']).default('rate-limited'),
    }),
  },
  'time-window': { timeWindow },
  'require-step-up': { stepUp: z.strictObject({ within: duration(30, day), amr: list(z.string().min(1).max(20)).optional() }) },
  'require-dry-run': { dryRun: z.strictObject({ maxAge: duration(60, 7 * day) }) },
  'limit-targets': { limitTargets: z.strictObject({ max: z.int().min(0).max(10_000), per: z.literal('change').default('change') }) },
  notify: { notify: z.strictObject({ to: list(people), channels: list(z.string().min(1).max(40)).optional() }) },
  canary: {
    canary: z
      .strictObject({ targets: z.int().min(1).max(1_000).optional(), percent: z.int().min(1).max(99).optional(), pause: duration(1, day).optional() })
      .refine(({ targets, percent }) => targets !== undefined || percent !== undefined, 'needs targets or percent'),
  },
  deny: {},
  'allow-only': {},
} as const;

const of = <T extends keyof typeof blocks>(type: T) => z.strictObject({ ...common, type: z.literal(type), ...blocks[type] });

const Policy = z.discriminatedUnion('type', [
  of('approval-required'), of('require-comment'), of('require-ticket'), of('rate-limit'), of('time-window'), of('require-step-up'),
  of('require-dry-run'), of('limit-targets'), of('notify'), of('canary'), of('deny'), of('allow-only'),
]); // prettier-ignore
export type PolicySource = z.output<typeof Policy>;
export const POLICY_TYPES = Object.keys(blocks);

const names = z.array(z.string()).max(500);
const expectation = z.strictObject({
  effect: z.enum(['allow', 'warn', 'require', 'deny']).optional(),
  matched: names.optional(),
  notMatched: names.optional(),
  problem: z.string().optional(),
  approval: z.strictObject({ groups: z.array(z.string()).max(50).optional(), count: z.int().min(0).optional() }).optional(),
});
const given = z.record(z.string(), z.json());
const test = z
  .strictObject({ name: z.string().min(1).max(200), given: given.default({}), expect: expectation.optional(), cases: z.array(z.strictObject({ name: z.string().max(200).optional(), given: given.default({}), expect: expectation })).min(1).max(200).optional() })
  .refine((one) => one.expect !== undefined || one.cases !== undefined, 'needs expect or cases'); // prettier-ignore
export type TestSource = z.output<typeof test>;

const MAX_POLICIES = 500;
const MAX_TESTS = 1_000;

export const Document = z.strictObject({
  apiVersion: z.literal('switchyard/v1'),
  kind: z.literal('PolicySet'),
  metadata: z.strictObject({ name: id, owner: z.string().max(200).optional(), description: z.string().max(1_024).optional() }),
  spec: z.strictObject({
    enforcement: z.enum(ENFORCEMENTS).default('enforce'),
    overridable: z.boolean().default(false),
    timezone: timezone.optional(),
    requireTests: z.boolean().optional(),
    params: z.record(z.string().regex(/^[A-Za-z_]\w{0,62}$/, 'must be a name of letters, digits and _'), z.json()).default({}),
    policies: z.array(Policy).max(MAX_POLICIES),
    tests: z.array(test).max(MAX_TESTS).default([]),
  }),
});
export type DocumentSource = z.output<typeof Document>;

/** Every name a field may have, for advice on one that is misspelt. */
export const FIELDS: readonly string[] = [
  ...Object.keys(common), ...Object.values(blocks).flatMap((block) => Object.keys(block)), ...KINDS,
  ...Object.keys(match.shape), 'apiVersion', 'kind', 'metadata', 'spec', 'type', 'name', 'owner', 'description', 'overridable', 'timezone', 'requireTests',
  'params', 'policies', 'tests', 'types', 'ids', 'groups', 'labels', 'count', 'distinct', 'otherTeam', 'expiresIn', 'sla', 'dueIn', 'backup',
  'widenEligibility', 'minLength', 'ticketPattern', 'pattern', 'limit', 'window', 'key', 'algorithm', 'onExceeded', 'mode', 'windows', 'calendars',
  'allowOverrun', 'days', 'from', 'to', 'within', 'amr', 'maxAge', 'max', 'per', 'channels', 'targets', 'pause', 'given', 'expect', 'cases',
  'effect', 'matched', 'notMatched', 'problem',
]; // prettier-ignore
