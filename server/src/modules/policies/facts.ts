import type { Actor } from '#kernel/context.ts';
import type { PolicyFacts } from '#kernel/gate-steps.ts';
import type { Surface, Target } from '#kernel/operation.ts';
import type { FullPlan } from '#kernel/plan.ts';
import { hideSecrets, secretsIn, restoreSecrets } from '#kernel/sensitive.ts';
import type { EngineFacts, Json } from './engine/index.ts';
import type { ChangeFacts } from './providers/port.ts';
import { riskScore } from './risk-score.ts';

type ActorKind = EngineFacts['actor']['kind'];
type EngineSurface = EngineFacts['actor']['surface'];

const SURFACES: Partial<Record<Surface, EngineSurface>> = { mcp: 'mcp', cli: 'cli', web: 'ui', workflow: 'workflow' };
export const surfaceOf = (surface: Surface): EngineSurface => SURFACES[surface] ?? 'rest';

/** Whatever comes through the door for agents is one, with whichever credential: a rule for agents must not be passed with a key. */
export function kindOf({ kind, ownerId }: Pick<Actor, 'kind' | 'ownerId'>, surface: EngineSurface): ActorKind {
  if (kind === 'system') return 'system';
  if (kind === 'agent' || surface === 'mcp') return 'agent';
  if (surface === 'workflow') return 'workflow';
  return ownerId !== undefined ? 'service' : kind === 'apiKey' ? 'apiKey' : 'user';
}

/** A proof by less than the person has is none: a stolen password must not count for somebody with a second factor. */
export function proofOf({ proof }: Pick<Actor, 'proof'>, now: Date): { mfaAgeSeconds: number | null; amr: string[] } {
  if (!proof) return { mfaAgeSeconds: null, amr: [] };
  // Of a Change that is carried on, the actor comes out of JSON, and the time as text.
  const second = proof.factors.filter((factor) => factor !== 'password');
  if (proof.level < 2 && second.length > 0) return { mfaAgeSeconds: null, amr: [] };
  return { mfaAgeSeconds: Math.max(0, Math.floor((now.getTime() - new Date(proof.at).getTime()) / 1000)), amr: [...(proof.methods ?? [])] };
}

/** The input with `"<secret>"` in place of what nobody may see. */
export function inputOf(schema: PolicyFacts['operation']['input'], input: Record<string, unknown>): Record<string, Json> {
  const masked = Object.fromEntries(Object.keys(secretsIn(schema, input)).map((pointer) => [pointer, '<secret>']));
  return JSON.parse(JSON.stringify(restoreSecrets(schema, hideSecrets(schema, input), masked))) as Record<string, Json>;
}

/** Fields of a change by path, as an object: `a.b` becomes `{ a: { b } }`. */
function nested(fields: readonly { path: string; value: unknown }[]): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const { path, value } of fields) {
    const names = path.split(/[./]/).filter((name) => name !== '' && name !== '__proto__');
    let place = found;
    for (const name of names.slice(0, -1)) place = below(place, name);
    const last = names.at(-1);
    if (last !== undefined) place[last] = (value ?? null) as Json;
  }
  return found;
}
/** The object under a name; what stands there otherwise gives way. */
function below(place: Record<string, Json>, name: string): Record<string, Json> {
  const found = place[name];
  if (isObject(found)) return found;
  const made: Record<string, Json> = {};
  place[name] = made;
  return made;
}
const isObject = (value: unknown): value is Record<string, Json> => value !== null && typeof value === 'object' && !Array.isArray(value);

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

/** A plan in the words of rules: what it touches with before and after, how much, how long, and how grave it is. */
export function planFacts(plan: FullPlan, context: Parameters<typeof riskScore>[1]): NonNullable<EngineFacts['plan']> {
  const { changes, steps, downtime, warnings, reversible, cost, facts } = plan;
  const count = (action: string): number => changes.filter((change) => change.action === action).length;
  const given = facts['riskScore'];
  return {
    riskScore: typeof given === 'number' ? Math.round(given) : riskScore(plan, context),
    findings: [...warnings.map((text) => ({ severity: 'warning', text })), ...(Array.isArray(facts['findings']) ? facts['findings'] : [])] as Json[],
    steps: changes.map(({ action, type, id, name, fields }) => ({
      action,
      type,
      id: id ?? null,
      name,
      before: nested(fields.map(({ path, before }) => ({ path, value: before }))),
      after: nested(fields.map(({ path, after }) => ({ path, value: after }))),
    })),
    counts: { add: count('create'), update: count('update'), remove: count('delete') },
    reversible: reversible !== null,
    estimatedSeconds: Math.round(Math.max(downtime.seconds, steps.reduce((sum, { seconds = 0 }) => sum + seconds, 0))),
    ...(cost && cost.before.currency === cost.after.currency ? { costDelta: cost.after.amount - cost.before.amount } : {}),
    conflicts: plain(plan.conflicts) as Json[],
  }; // prettier-ignore
}

export interface Around {
  person: { roles: readonly string[]; teams: readonly string[] };
  tenant: { plan: string | null; settings: Record<string, Json> };
  /** Per target, in their order. */
  groups: readonly (readonly string[])[];
  /** Per target, in their order. */
  health: readonly (string | null)[];
  quota: Record<string, number> | undefined;
  change: ChangeFacts | undefined;
  dryRunAt: Date | undefined;
  history: { count24h: number; failures30d: number } | undefined;
}

const resourceOf = (
  { type, id, name, environment, labels, owner }: Target & { owner?: string },
  groups: readonly string[],
  health: string | null,
) => ({
  type,
  id,
  name: name ?? null,
  environment: environment ?? null,
  labels: labels ?? {},
  groups: [...groups],
  owner: owner ?? null,
  health,
});

function changeOf(asked: PolicyFacts, { change, dryRunAt }: Around): NonNullable<EngineFacts['change']> {
  const { envelope, now } = asked;
  const dryRunAgeSeconds = dryRunAt ? Math.max(0, Math.floor((now.getTime() - dryRunAt.getTime()) / 1000)) : null;
  if (change)
    return {
      id: change.id,
      comment: change.comment,
      ticket: change.ticket,
      emergency: change.emergency,
      requester: change.requester,
      approvals: change.approvals,
      ageSeconds: Math.max(0, Math.floor((now.getTime() - change.createdAt.getTime()) / 1000)),
      dryRunAgeSeconds,
      dryRun: false,
    };
  return {
    id: null,
    comment: envelope.comment ?? null,
    ticket: envelope.ticket ?? null,
    emergency: envelope.emergency === true,
    requester: asked.actor.ownerId ?? asked.actor.id,
    approvals: [],
    ageSeconds: 0,
    dryRunAgeSeconds,
    dryRun: envelope.dryRun === true,
  };
}

/** Everything a decision rests on, as plain JSON. Pure: the same call in the same surroundings gives the same facts. */
export function engineFacts(asked: PolicyFacts, around: Around): Omit<EngineFacts, 'calendars' | 'exemptions'> {
  const { actor, operation, risk, targets, plan, now } = asked;
  const surface = surfaceOf(around.change?.surface ?? asked.surface);
  return {
    user: {
      id: actor.id,
      email: actor.email,
      name: actor.name,
      roles: [...around.person.roles],
      teams: [...around.person.teams],
      attributes: {},
      ...proofOf(actor, now),
      isServiceAccount: actor.ownerId !== undefined,
    },
    actor: { kind: kindOf(actor, surface), ...agentOf(actor), ip: actor.ip, surface },
    tenant: { id: actor.tenantId, slug: actor.tenantSlug, plan: around.tenant.plan, settings: around.tenant.settings },
    operation: {
      name: operation.name,
      module: operation.name.split('.')[0]!,
      risk,
      permission: operation.permission,
      idempotent: risk === 'read' || operation.route?.method === 'PUT',
    },
    resources: targets.map((target, place) => resourceOf(target, around.groups[place] ?? [], around.health[place] ?? null)),
    input: inputOf(operation.input, asked.input),
    ...(plan ? { plan: planFacts(plan, { risk, targets }) } : {}),
    change: changeOf(asked, around),
    now: now.toISOString(),
    ...(around.history ? { history: around.history } : {}),
    ...(around.quota ? { quota: around.quota } : {}),
  };
}

/** Which program acts for the person, and who answers for it. */
const agentOf = ({ id, ownerId, credentialId, kind, agent }: Actor) => ({
  clientId: agent?.clientId ?? (kind === 'user' ? null : credentialId),
  agentName: agent?.name ?? null,
  chain: ownerId === undefined ? [id] : [ownerId, id],
});
