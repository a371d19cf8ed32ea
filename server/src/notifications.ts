import type { Config } from '#kernel/config.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import type { Gate } from '#kernel/gate.ts';
import { keyedHash, newId } from '#kernel/ids.ts';
import type { JobRun } from '#kernel/jobs.ts';
import { provide, providerOf, type Adapters } from '#kernel/port.ts';
import { addressFault } from '#kernel/outbound.ts';
import { requestOf } from '#modules/governance/approvals/store.ts';
import { humanOf, isOpenRequest } from '#modules/governance/approvals/rules.ts';
import { riskLevelOf } from '#modules/governance/approvals/view.ts';
import { approvalsApprove, approvalsReject } from '#modules/governance/index.ts';
import { numberText } from '#modules/governance/rules.ts';
import { changes } from '#modules/governance/tables.ts';
import { createOutgoing, urlFault } from '#modules/identity/federation/outgoing.ts';
import { users } from '#modules/identity/tables.ts';
import { TARGETS_SHOWN } from '#modules/notifications/content.ts';
import { deliver, type DeliverDeps } from '#modules/notifications/deliver.ts';
import { Decisions, Post, Slack, SlackDesk, Surroundings, type Concern, type Reader } from '#modules/notifications/providers/port.ts';
import { createSlack } from '#modules/notifications/providers/slack.ts';
import { actOn } from '#modules/notifications/slack/act.ts';
import { createSlackDesk } from '#modules/notifications/slack/desk.ts';
import { settingsOf } from '#modules/tenancy/settings/schema.ts';
import { members, tenantBranding, tenants, tenantSettings } from '#modules/tenancy/tables.ts';
import type { Parts, People } from './core.ts';

export interface NotificationOptions {
  /** Where pages are, without a slash at its end. */
  publicUrl?: string;
  /** Where Slack is; another address for its government cloud, and in a laboratory. */
  slackUrl?: string;
  /** A laboratory: webhooks may be at private addresses. */
  allowPrivateTargets?: boolean;
  /** Told of each delivery to a channel, for metrics. */
  observe?: (channel: string, result: string) => void;
}

export const notificationOptions = ({ publicUrl, port, slackUrl, allowPrivateTargets }: Config): NotificationOptions => ({
  publicUrl: (publicUrl ?? `http://localhost:${port}`).replace(/\/$/, ''),
  slackUrl,
  allowPrivateTargets,
});

/** Active people of the tenant; language and zone are the person's own, and known to no tenant. */
const readersIn =
  ({ databases }: Parts): Surroundings['readers'] =>
  async (db, tenantId, ids) => {
    const active = and(eq(members.tenantId, tenantId), inArray(members.id, [...ids]), eq(members.status, 'active'), eq(members.kind, 'person'));
    const found = await db.select({ id: members.id, name: members.name, email: members.email }).from(members).where(active);
    if (found.length === 0) return [];
    const own = { id: users.id, locale: users.locale, zone: users.zone, status: users.status };
    const persons = await databases.lookUp((lookUp) => lookUp.select(own).from(users).where(inArray(users.id, found.map(({ id }) => id)))); // prettier-ignore
    const known = new Map(persons.map((person) => [person.id, person]));
    return found.flatMap((reader): Reader[] => {
      const person = known.get(reader.id);
      return person?.status === 'active' ? [{ ...reader, locale: person.locale, zone: person.zone ?? 'UTC' }] : [];
    });
  };

async function concernOf(db: Database, tenantId: string, changeId: string): Promise<Concern | undefined> {
  const [change] = await db.select().from(changes).where(and(eq(changes.tenantId, tenantId), eq(changes.id, changeId))); // prettier-ignore
  if (!change) return undefined;
  const request = await requestOf({ db, tenantId }, changeId);
  const open = request && isOpenRequest(request.status) ? request : undefined;
  return {
    content: {
      number: numberText(change.number),
      operation: change.operation,
      summary: change.summary,
      requester: change.requester.name,
      ...(change.environment ? { environment: change.environment } : {}),
      risk: riskLevelOf(change),
      targets: change.targets.slice(0, TARGETS_SHOWN).map(({ name, id }) => name ?? id),
      targetCount: change.targets.length,
      planHash: change.planHash,
      stepUp: change.requirements.some(({ stepUpSeconds }) => stepUpSeconds !== undefined),
      ...(open ? { expiresAt: open.expiresAt.toISOString() } : {}),
    },
    requesterId: humanOf(change.requester),
    implementerId: change.implementer ? humanOf(change.implementer) : null,
    waited: change.approvedAt !== null || change.attempt > 0,
  };
}

async function tenantOf(db: Database, tenantId: string) {
  const [row] = await db
    .select({ name: tenants.name, settings: tenantSettings.value, sender: tenantBranding.mailSenderName })
    .from(tenants)
    .leftJoin(tenantSettings, eq(tenantSettings.tenantId, tenants.tenantId))
    .leftJoin(tenantBranding, eq(tenantBranding.tenantId, tenants.tenantId))
    .where(eq(tenants.tenantId, tenantId));
  const { changesMail } = settingsOf(row?.settings).notifications;
  return { name: row?.name ?? '', changesMail, sender: row?.sender ?? null };
}

/** Whoever decides by a button in Slack is looked at as they are now, and passes the Gate like everybody. */
const decisionsBy = ({ revive }: Pick<People, 'revive'>, gate: () => Gate): Decisions => ({
  async decide({ tenantId, userId }, { approvalId, planHash, verdict, comment }) {
    const known: Actor = { kind: 'user', id: userId, name: '', email: null, tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ip: null };
    const operation = verdict === 'approve' ? approvalsApprove : approvalsReject;
    const said = { id: approvalId, planHash, ...(comment === undefined ? {} : { comment }) };
    await gate().pass(operation, said, { surface: 'internal', credentials: null, as: await revive(known), ip: null, requestId: newId(), envelope: {} });
  },
}); // prettier-ignore

/** What module notifications asks of the others, and the jobs that carry its messages out. */
export function wireNotifications(
  parts: Parts,
  people: Pick<People, 'holders' | 'rosters' | 'revive'>,
  { publicUrl = 'http://localhost:8420', slackUrl = 'https://slack.com', allowPrivateTargets = false, observe }: NotificationOptions,
  { adapters, gate }: { adapters: () => Adapters; gate: () => Gate },
) {
  const { databases, jobs, sealer, now, keyFor } = parts;
  const outside = { addressFault, allowPrivateTargets };
  const slack = createSlack({ fetch: createOutgoing(outside)('tenant'), url: slackUrl, addressFault: (url) => urlFault(url, outside, 'tenant') });
  const post: Post = { jobs, sealer, keyed: keyedHash(keyFor('notifications')) };
  const around: Surroundings = {
    readers: readersIn(parts),
    holders: async (db, tenantId, permission) => (await people.holders(db, tenantId, permission, [])).map(({ id }) => id),
    onCall: async (db, tenantId) => (await Promise.all(['owner', 'admin'].map((role) => people.rosters.inRole(db, tenantId, role)))).flat(),
    concern: concernOf,
    tenant: tenantOf,
    publicUrl,
  };
  // Tests put others in their places.
  const deps = (): DeliverDeps => {
    const provider = providerOf(adapters());
    const found = { slack: provider(Slack), post: provider(Post), decisions: provider(Decisions), around: provider(Surroundings) };
    return { databases, now, ...found, ...(observe ? { observe } : {}) };
  };
  return {
    adapters: [
      provide(Surroundings, around),
      provide(Slack, slack),
      provide(Post, post),
      provide(Decisions, decisionsBy(people, gate)),
      provide(SlackDesk, createSlackDesk({ databases, post, now })),
    ],
    carryOut: ({ data }: Pick<JobRun, 'data'>): Promise<void> => ('actionId' in data ? actOn(deps(), data) : deliver(deps(), data)),
  };
}
