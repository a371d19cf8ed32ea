import type { AnyOperation } from '#kernel/operation.ts';

type Vars = Record<string, string>;
type Output = Record<string, unknown>;

/** Where values for a variable are found: an operation that lists, and what of an item is the value and what it may be found by. */
export interface Source {
  operation: string;
  input?: (prefix: string) => Record<string, unknown>;
  value: string;
  by: readonly string[];
}

/** One kind of resource: a reading operation under an address. It is read through the Gate like everything else. */
export interface Template {
  uri: string;
  name: string;
  description: string;
  operation: string;
  input: (vars: Vars) => Record<string, unknown>;
  /** The part of the output that is meant; all of it when left out. */
  json?: (output: Output) => unknown;
  /** The same for people. */
  markdown?: (output: Output) => string;
  /** Milliseconds that a client may keep it. */
  ttlMs: (output: Output) => number;
  completes?: Record<string, Source>;
  /** Clients may ask to be told when it changes: the Change does, or one of these events has its id. */
  watched?: 'change' | readonly string[];
}

const id = (vars: Vars): Record<string, unknown> => ({ id: vars['id'] });
const pick = (output: Output, names: readonly string[]): Output => Object.fromEntries(names.map((name) => [name, output[name] ?? null]));

const CHANGES: Source = { operation: 'changes.list', value: 'id', by: ['id', 'number'] };
const SERVERS: Source = { operation: 'servers.list', value: 'id', by: ['id', 'name'] };
const ZONES: Source = { operation: 'dns.listZones', value: 'id', by: ['id', 'name'] };
const CLOUDS: Source = { operation: 'clouds.list', value: 'id', by: ['id', 'name'] };
const MEMBERS: Source = { operation: 'members.list', value: 'id', by: ['id', 'name', 'email'] };
const OPERATIONS: Source = { operation: 'operations.search', input: (prefix) => ({ q: prefix || 'list', limit: 50 }), value: 'name', by: ['name'] };
export const SOURCES = { CHANGES, SERVERS, ZONES, CLOUDS, MEMBERS, OPERATIONS } as const;

const WHILE_OPEN = 2_000;
const ENDED = 300_000;
const HEALTH = 5_000;
const changeTtl = ({ endedAt }: Output): number => (endedAt === null ? WHILE_OPEN : ENDED);
const SHORT = ['id', 'number', 'operation', 'summary', 'state', 'risk', 'environment', 'requester', 'approval', 'progress', 'deadlineAt', 'createdAt', 'endedAt'] as const; // prettier-ignore

interface ChangeOutput {
  number: string;
  operation: string;
  summary: string;
  state: string;
  risk: string;
  requester: { name: string };
  approval: { status: string; rule?: { text: string } } | null;
  comment: string | null;
  plan: { reversible?: string | null; dataLoss?: string | null; downtime?: string | null };
  rollbackOf: string | null;
  rolledBackBy: string | null;
  actions: { rollback: { allowed: boolean; reason: string | null } };
}

function changeText(output: Output): string {
  const { number, operation, summary, state, risk, requester, approval, comment } = output as unknown as ChangeOutput;
  const lines = [`# ${number}: ${summary}`, `State: **${state.replaceAll('_', ' ')}** · Operation: \`${operation}\` · Risk: ${risk}`, `Asked for by ${requester.name}${comment ? `: ${comment}` : ''}`]; // prettier-ignore
  if (approval) lines.push(`Approval: ${approval.status}${approval.rule?.text ? ` (${approval.rule.text})` : ''}`);
  return lines.join('\n\n');
}

function rollbackPlan(output: Output): Output {
  const { plan, rollbackOf, rolledBackBy, actions, number } = output as unknown as ChangeOutput;
  const { reversible = null, dataLoss = null, downtime = null } = plan;
  return { number, reversible, dataLoss, downtime, rollbackOf, rolledBackBy, rollback: actions.rollback };
}

const change = (part: string, name: string, description: string): Pick<Template, 'uri' | 'name' | 'description' | 'operation' | 'input' | 'ttlMs' | 'completes'> => ({
  uri: `change://{id}/${part}`, name, description, operation: 'changes.get', input: id, ttlMs: changeTtl, completes: { id: CHANGES },
}); // prettier-ignore
const events = (rest: string, name: string, description: string, input: Template['input'], completes?: Record<string, Source>): Template => ({
  uri: `audit://events/${rest}`, name, description, operation: 'audit.list', input, ttlMs: () => 0, ...(completes ? { completes } : {}),
}); // prettier-ignore
const one = (uri: string, name: string, description: string, operation: string, source: Source): Template => ({
  uri, name, description, operation, input: id, ttlMs: () => 30_000, completes: { id: source },
}); // prettier-ignore

/** Every kind of resource that agents may read. A test holds each against the registry. */
export const TEMPLATES: readonly Template[] = [
  {
    ...change('summary', 'Change: summary', 'Where a Change stands, and who has to agree; can be watched'),
    json: (output) => pick(output, SHORT),
    markdown: changeText,
    watched: 'change',
  },
  change('details', 'Change: details', 'Input, plan, approvals, job and outcome of a Change'),
  {
    ...change('execution-log', 'Change: execution log', 'States, steps and log lines of a Change in order'),
    operation: 'changes.log',
    ttlMs: () => WHILE_OPEN,
  },
  { ...change('rollback-plan', 'Change: way back', 'Whether and how a Change can be undone; also as plan://{id}/rollback-plan'), json: rollbackPlan },
  events('recent/{limit}', 'Audit: newest entries', 'The newest entries of the audit trail', ({ limit }) => ({ limit })),
  events('by-user/{sub}', 'Audit: of one person', 'The newest entries of one person, by id', ({ sub }) => ({ actorId: sub }), { sub: MEMBERS }),
  events('by-operation/{name}', 'Audit: of one operation', 'The newest entries of one operation', ({ name }) => ({ operation: name }), { name: OPERATIONS }), // prettier-ignore
  {
    ...one('server://{id}', 'Server', 'A server with its state, addresses and limits; can be watched', 'servers.get', SERVERS),
    watched: ['server.state_changed', 'server.missing', 'server.deleted'],
  },
  one('cloud://{id}', 'Cloud connection', 'A connection to a cloud, and how it is doing', 'clouds.get', CLOUDS),
  {
    ...one(
      'cloud://{id}/health',
      'Cloud connection: health',
      'Whether a connection answers, and since when; can be watched',
      'clouds.health',
      CLOUDS,
    ),
    ttlMs: () => HEALTH,
    watched: ['cloud.recovered', 'cloud.degraded', 'cloud.auth_failed', 'cloud.unreachable', 'cloud.paused'],
  },
  one('zone://{id}', 'DNS zone', 'A DNS zone and where it is served', 'dns.getZone', ZONES),
  { ...one('zone://{id}/records', 'DNS records', 'The records of a zone, up to 200', 'dns.listRecords', ZONES), input: (vars) => ({ ...id(vars), limit: 200 }) }, // prettier-ignore
];

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const matchers = TEMPLATES.map((template) => {
  const pattern = template.uri.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? `(?<${part.slice(1, -1)}>[^/?#]{1,200})` : escaped(part))).join(''); // prettier-ignore
  return { template, pattern: new RegExp(`^${pattern}$`) };
});

function decoded(groups: Vars): Vars | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}

/** Which resource an address names; `plan://` is another word for `change://`. */
export function resourceAt(uri: string): { template: Template; vars: Vars } | undefined {
  const address = uri.replace(/^plan:\/\//, 'change://');
  for (const { template, pattern } of matchers) {
    const vars = decoded({ ...pattern.exec(address)?.groups });
    if (vars && Object.keys(vars).length > 0) return { template, vars };
  }
  return undefined;
}

export const isOffered = ({ operation }: Pick<Template, 'operation'>, offered: readonly AnyOperation[]): boolean =>
  offered.some(({ name }) => name === operation);
