/** The words of policy documents, as `docs/guides/policies.md` explains them. A block is named by the key it stands under. */
const RULE = [
  'id', 'type', 'description', 'enabled', 'enforcement', 'severity', 'phase', 'match', 'when', 'unless', 'breakGlass', 'message', 'messageExpr', 'onError',
  'approval', 'comment', 'ticket', 'rateLimit', 'timeWindow', 'stepUp', 'dryRun', 'limitTargets', 'notify', 'canary',
]; // prettier-ignore
const NODE = ['all', 'any', 'scopeApprovers', 'resourceOwner', 'group', 'role', 'users', 'count', 'otherTeam', 'when'];

/** Fields by the block they belong to; `` is the document itself. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': ['apiVersion', 'kind', 'metadata', 'spec'],
  metadata: ['name', 'owner', 'description'],
  spec: ['enforcement', 'overridable', 'timezone', 'requireTests', 'params', 'policies', 'tests'],
  policies: RULE,
  match: ['operations', 'risk', 'environments', 'surfaces', 'actors', 'roles', 'teams', 'users', 'resources'],
  resources: ['types', 'ids', 'groups', 'labels'],
  approval: [...NODE, 'distinct', 'expiresIn', 'sla'],
  all: NODE,
  any: NODE,
  sla: ['dueIn', 'backup', 'widenEligibility'],
  comment: ['minLength', 'pattern', 'ticketPattern'],
  ticket: ['pattern'],
  rateLimit: ['limit', 'window', 'key', 'algorithm', 'onExceeded'],
  timeWindow: ['mode', 'timezone', 'windows', 'calendars', 'allowOverrun'],
  windows: ['days', 'from', 'to'],
  stepUp: ['within', 'amr'],
  dryRun: ['maxAge'],
  limitTargets: ['max', 'per'],
  notify: ['to', 'channels'],
  canary: ['targets', 'percent', 'pause'],
  tests: ['name', 'given', 'expect', 'cases'],
  cases: ['name', 'given', 'expect'],
  given: ['operation', 'environment', 'risk', 'user', 'actor', 'resource', 'resources', 'resourcesCount', 'input', 'plan', 'change', 'comment', 'ticket', 'emergency', 'dryRun', 'now', 'surface', 'quota', 'history', 'calendars'],
  expect: ['effect', 'matched', 'notMatched', 'problem', 'approval'],
}; // prettier-ignore

const RISK = ['read', 'write', 'high'];
/** What a field may say. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  apiVersion: ['switchyard/v1'],
  kind: ['PolicySet'],
  type: ['approval-required', 'require-comment', 'require-ticket', 'rate-limit', 'time-window', 'require-step-up', 'require-dry-run', 'limit-targets', 'notify', 'canary', 'deny', 'allow-only'],
  enforcement: ['enforce', 'warn', 'audit'],
  severity: ['info', 'low', 'medium', 'high', 'critical'],
  phase: ['request', 'plan', 'apply'],
  breakGlass: ['allowed', 'never'],
  onError: ['deny', 'ignore'],
  risk: RISK,
  surfaces: ['rest', 'mcp', 'cli', 'ui', 'workflow', 'schedule'],
  surface: ['rest', 'mcp', 'cli', 'ui', 'workflow', 'schedule'],
  actors: ['user', 'apiKey', 'service', 'agent', 'workflow', 'system'],
  key: ['user', 'tenant', 'operation', 'environment', 'resource', 'team', 'surface', 'client'],
  algorithm: ['sliding', 'fixed'],
  onExceeded: ['rate-limited', 'policy-denied'],
  mode: ['deny', 'allow-only'],
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  effect: ['allow', 'warn', 'require', 'deny'],
  problem: ['policy-denied', 'outside-window', 'comment-required', 'ticket-required', 'step-up-required', 'dry-run-required', 'target-limit-exceeded'],
  amr: ['hwk', 'otp', 'pwd', 'mfa'],
}; // prettier-ignore

export const EXPRESSIONS: ReadonlySet<string> = new Set(['when', 'unless', 'messageExpr']);

/** Variables of expressions and their members. */
export const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  user: ['id', 'email', 'name', 'roles', 'teams', 'attributes', 'mfaAgeSeconds', 'amr', 'isServiceAccount'],
  actor: ['kind', 'clientId', 'agentName', 'chain', 'ip', 'country', 'surface'],
  tenant: ['id', 'slug', 'plan', 'settings'],
  operation: ['name', 'module', 'risk', 'permission', 'idempotent'],
  resource: ['id', 'type', 'name', 'environment', 'labels', 'groups', 'owner', 'health', 'capabilities', 'lastChangeAt'],
  resources: ['all', 'exists', 'exists_one', 'filter', 'map'],
  environment: [],
  input: [],
  plan: ['riskScore', 'findings', 'steps', 'counts', 'reversible', 'estimatedSeconds', 'costDelta', 'conflicts'],
  change: ['id', 'comment', 'ticket', 'emergency', 'requester', 'approvals', 'ageSeconds'],
  time: ['now', 'weekday', 'hour', 'minute', 'date', 'in'],
  quota: [],
  history: ['count24h', 'failures30d'],
  params: [],
};
/** With how they are called. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  has: 'has(field)',
  size: 'size(list)',
  glob: 'glob(text, pattern)',
  matches: 'text.matches(pattern)',
  ip: 'ip(text)',
  cidr: 'cidr(text).contains(ip)',
  inCalendar: 'inCalendar(name)',
  hasLabel: 'hasLabel(resource, key)',
  semver: 'semver(text)',
  duration: 'duration(text)',
  timestamp: 'timestamp(text)',
  startsWith: 'text.startsWith(prefix)',
  endsWith: 'text.endsWith(suffix)',
  contains: 'text.contains(part)',
  'sets.intersects': 'sets.intersects(a, b)',
};
