import type { Config } from '#kernel/config.ts';
import type { Actor } from '#kernel/context.ts';
import type { Counters } from '#kernel/counters.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, or, sql } from '#kernel/drizzle.ts';
import type { BulkSubscriber } from '#kernel/events.ts';
import type { PolicyFacts, Steps } from '#kernel/gate-steps.ts';
import type { Hooks } from '#kernel/hooks.ts';
import { keyedHash } from '#kernel/ids.ts';
import { provide, providerOf, type Adapters, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { remindAgain } from '#modules/governance/approvals/clock.ts';
import { closeRequest, decisionsOf, requestOf } from '#modules/governance/approvals/store.ts';
import { transition } from '#modules/governance/store.ts';
import { changes } from '#modules/governance/tables.ts';
import { readSender } from '#modules/mail/render.ts';
import { queueFor } from '#modules/notifications/tell.ts';
import { channels } from '#modules/notifications/tables.ts';
import { members, tenants } from '#modules/tenancy/tables.ts';
import { ASKING, requirementFor } from '#modules/workflows/approvals/ask.ts';
import { createLetters } from '#modules/workflows/nodes/email/smtp.ts';
import { Letters } from '#modules/workflows/nodes/email/port.ts';
import { Agreements, Callbacks, Messenger } from '#modules/workflows/people.ts';
import { Engine } from '#modules/workflows/providers/port.ts';
import { Surroundings } from '#modules/workflows/surroundings.ts';
import { createTriggerFanOut } from '#modules/workflows/triggers/events/fan-out.ts';
import type { EventDeps } from '#modules/workflows/triggers/events/start.ts';
import { runEventStarts } from '#modules/workflows/triggers/events/worker.ts';
import { requireFitting } from '#modules/workflows/triggers/inputs.ts';
import type { Loop } from '#modules/workflows/triggers/loop.ts';
import { runScheduler } from '#modules/workflows/triggers/schedule/scheduler.ts';
import { DUES_TOPIC, TRIGGERS_TOPIC, TriggersChanged } from '#modules/workflows/triggers/topic.ts';
import { createHooks } from '#modules/workflows/triggers/webhook/hooks.ts';
import type { Parts, People } from './core.ts';

export interface TriggerOptions {
  /** Where people and callers reach us, without a slash at its end. */
  publicUrl?: string;
  /** Multiplies the limits of calls, for load tests. */
  factor?: number;
  /** Told how late schedules are, in seconds, for metrics. */
  late?: (seconds: number) => void;
}

type Provided = readonly (readonly [Port<unknown>, unknown])[];

/** Calls of one webhook within a minute; what a tenant may start is counted by the engine. */
const CALLS_PER_MINUTE = 600;

const system = (tenantId: string): Actor => ({
  kind: 'system', id: 'system:workflows', name: 'system:workflows', email: null, tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ip: null,
}); // prettier-ignore

/** `{{ secrets.NAME }}` is another way to write `secret://NAME`. */
const referenceOf = (text: string): string => text.replace(/^\s*\{\{\s*secrets\.(\w+)\s*\}\}\s*$/, 'secret://$1');

/** People as nodes name them, and how their agreement ended. */
const agreementsOf = ({ holders, rosters, teams }: Pick<People, 'holders' | 'rosters' | 'teams'>): Agreements => ({
  async of(db, tenantId, changeId) {
    const request = await requestOf({ db, tenantId }, changeId);
    if (!request) return undefined;
    const decisions = (await decisionsOf({ db, tenantId }, request.id)).map(({ deciderId, deciderName, verdict, comment, createdAt }) => ({
      by: { id: deciderId, name: deciderName }, verdict, comment, at: createdAt.toISOString(),
    })); // prettier-ignore
    return { status: request.status, decisions };
  },
  async people(db, tenantId, named) {
    const ids = named.filter((one) => /^[0-9a-f-]{36}$/i.test(one));
    const addresses = named.filter((one) => one.includes('@')).map((one) => one.toLowerCase());
    if (ids.length + addresses.length === 0) return [];
    const is = or(...(ids.length > 0 ? [inArray(members.id, ids)] : []), ...(addresses.length > 0 ? [inArray(members.email, addresses)] : []));
    const active = and(eq(members.tenantId, tenantId), eq(members.status, 'active'), eq(members.kind, 'person'), is);
    return (await db.select({ id: members.id }).from(members).where(active)).map(({ id }) => id);
  },
  async members(db, tenantId, groups, targets) {
    if (groups.length === 0) return (await holders(db, tenantId, 'approvals:decide', targets)).map(({ id }) => id);
    const found = await Promise.all(
      groups.map(async (group) => {
        if ('role' in group) return rosters.inRole(db, tenantId, group.role);
        return 'team' in group ? (await teams.members(db, tenantId, group.team)).map(({ id }) => id) : group.users;
      }),
    );
    return [...new Set(found.flat())];
  },
  remind: remindAgain,
  async withdraw(ctx, executionId) {
    const asked = sql`${changes.via} ->> 'executionId' = ${executionId} and ${changes.operation} = any (${sql.param([...ASKING])}::text[]) and ${changes.state} = 'awaiting_approval'`;
    const open = await ctx.db
      .select()
      .from(changes)
      .where(and(eq(changes.tenantId, ctx.tenantId), asked))
      .for('update');
    for (const change of open) {
      await closeRequest(ctx, change, 'cancelled');
      await transition(ctx, change, 'cancelled');
    }
  },
});

/** What module notifications does for a node: both ways leave with the commit of the checkpoint. */
const messengerOf = (publicUrl: string): Messenger => ({
  link: (page) => publicUrl + page,
  async inApp(ctx, to, { title, body, page, dedupeKey }) {
    if (to.length > 0) ctx.emit('workflow.message_sent', { recipients: [...to], summary: title, reason: body, page, key: dedupeKey });
    return to.length;
  },
  async channel(ctx, name, { title, body, page, dedupeKey }) {
    const mine = and(eq(channels.tenantId, ctx.tenantId), eq(channels.name, name), eq(channels.enabled, true));
    const [found] = await ctx.db.select({ id: channels.id }).from(channels).where(mine);
    if (!found) return false;
    const content = { summary: title, ...(body === '' ? {} : { reason: body }), page };
    await queueFor(ctx, { channelId: found.id, kind: 'workflow.message', content, dedupeKey: `workflow.message:${dedupeKey}` });
    return true;
  },
});

/** Mails of nodes, by the platform's mail server or one of the tenant's. */
export const letterAdapters = ({ databases }: Pick<Parts, 'databases'>, { smtpUrl, home, name, mailFrom, allowPrivateTargets }: Config): Provided => {
  const { name: own, address } = readSender(mailFrom);
  const tenantName = async (tenantId: string): Promise<string> => {
    const [row] = await databases.lookUp((db) => db.select({ name: tenants.name }).from(tenants).where(eq(tenants.tenantId, tenantId)));
    return row?.name ?? '';
  };
  return [
    provide(Letters, createLetters({ smtpUrl, folder: `${home}/mail`, sender: { name: own ?? name, address }, tenantName, allowPrivateTargets })),
  ];
};

/** The agreement that an approval node asks for comes on top of what the rules of the tenant say. */
export const withAsked =
  (step: Steps['policy'], adapters: () => Adapters): Steps['policy'] =>
  async (db: Database, facts: PolicyFacts) => {
    const verdict = await step(db, facts);
    if (!ASKING.includes(facts.operation.name) || facts.phase !== 'plan') return verdict;
    const own = await requirementFor(db, facts, providerOf(adapters())(Agreements));
    return { ...verdict, requirements: [...verdict.requirements, own], rules: [...verdict.rules, own.rule] };
  };

interface TriggerParts {
  adapters: Provided;
  hooks: Hooks;
  /** Undefined where the module is not there. */
  fanOut: BulkSubscriber | undefined;
  work: () => void;
  stop: () => Promise<void>;
}

/** What starts workflows from outside, by the clock and by events, and what their nodes ask of people. */
export function wireTriggers(parts: Parts, people: People, counters: Counters, { publicUrl = 'http://localhost:8420', factor = 1, late }: TriggerOptions, adapters: () => Adapters): TriggerParts {
  const { databases, live, now, log, keyFor, registry } = parts;
  const isThere = registry.modules.some(({ name }) => name === 'workflows');
  const onError = (error: Error): void => log.error({ err: error }, 'workflow triggers');
  const engine = (): Engine => providerOf(adapters())(Engine);
  const asService = (tenantId: string, id: string): Promise<Actor> => providerOf(adapters())(Surroundings).asService(tenantId, id);
  const token = keyedHash(keyFor('workflow-callbacks'));
  const hooks = createHooks({
    databases, live, now, engine, asService, requireFitting,
    async tenantBySlug(slug) {
      const [row] = await databases.lookUp((db) => db.select({ id: tenants.tenantId }).from(tenants).where(eq(tenants.slug, slug)));
      return row?.id;
    },
    async secretOf({ tenantId, workflow }, reference) {
      const use = { tenantId, actor: system(tenantId), operation: 'hooks.receive', purpose: `webhook of workflow "${workflow.name}"`, environment: workflow.environment };
      const [value] = await databases.tenant({ tenantId, operation: 'hooks.secret' }, (db) => providerOf(adapters())(SecretReferences).resolve(db, use, [referenceOf(reference)]));
      if (!value) throw new Problem('webhook-unauthorized', 'The trigger has no secret to compare with.');
      return value;
    },
    async byKey(key, ip, tenantId) {
      const known = await people.authenticate({ credentials: { kind: 'bearer', token: key }, tenant: tenantId, ip, surface: 'rest' }).catch((error: unknown) => {
        throw error instanceof Problem && error.kind.status < 500 ? new Problem('webhook-unauthorized', 'The API key is not one of this tenant, or not good any more.') : error;
      });
      if (known.tenantId !== tenantId) throw new Problem('webhook-unauthorized', 'The API key is of another tenant.');
      return known;
    },
    async count({ tenantId, triggerId }) {
      const limit = Math.ceil(CALLS_PER_MINUTE * factor);
      const { allowed, tightest } = await counters.take(tenantId, [{ key: `hook:${triggerId}`, name: 'webhook', limit, seconds: 60 }]);
      if (!allowed) throw new Problem('rate-limited', `More than ${limit} calls of this webhook in a minute.`, { retryAfterSeconds: Math.ceil(tightest.waitMs / 1_000) });
    },
  });
  const hearing: EventDeps['hearing'] = (...asked) => providerOf(adapters())(Surroundings).hearing(...asked);
  const deps = { databases, live, now, engine, asService, hearing, onError, publicUrl, late };
  let loops: Loop[] = [];
  return {
    adapters: [
      provide(Agreements, agreementsOf(people)),
      provide(Messenger, messengerOf(publicUrl)),
      provide(Callbacks, {
        token: ({ executionId, nodeId, path }) => token(`${executionId} ${nodeId} ${path}`),
        url: (text) => `${publicUrl}/hooks/resume/${text}`,
      }),
      provide(TriggersChanged, { changed: () => [TRIGGERS_TOPIC, DUES_TOPIC].forEach((topic) => live.publish(topic)) }),
    ],
    hooks,
    fanOut: isThere ? createTriggerFanOut({ now, wake: () => live.publish(DUES_TOPIC) }) : undefined,
    work: () => {
      if (isThere) loops = [runScheduler(deps), runEventStarts(deps)];
    },
    async stop() {
      hooks.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
} // prettier-ignore
