import type { Actor } from '#kernel/context.ts';
import { eq } from '#kernel/drizzle.ts';
import type { Gate, Steps } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import { provide, providerOf, type Adapters, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { grantsReplace, grantsRevoke } from '#modules/access/index.ts';
import { ReviewActs, Usage, type HeldCredential, type ReviewAct } from '#modules/access/providers/port.ts';
import { usageOf } from '#modules/audit/last-use.ts';
import { apiKeysRevoke } from '#modules/identity/index.ts';
import { Keys, ServiceAccounts } from '#modules/identity/keys/port.ts';
import { agentsDisconnect } from '#modules/oauth/index.ts';
import { Authorization } from '#modules/oauth/providers/port.ts';
import { settingsOf } from '#modules/tenancy/settings/schema.ts';
import { tenantSettings } from '#modules/tenancy/tables.ts';
import type { People } from './core.ts';

interface ReviewParts {
  people: Pick<People, 'revive'>;
  gate: () => Gate;
  adapters: () => Adapters;
  audit: Pick<Steps['audit'], 'write'>;
}

/** Keys of people and machines, and connected agents. */
async function credentialsOf(adapters: Adapters, tenantId: string): Promise<HeldCredential[]> {
  const provider = providerOf(adapters);
  const keys = (await provider(Keys).list(tenantId)).map(({ id, name, owner, scope, createdBy, createdAt, expiresAt, lastUsedAt }): HeldCredential => ({ kind: 'apiKey', id, name, ownerId: owner.id, answerableId: owner.answerableId, scope, createdBy, createdAt, expiresAt, lastUsedAt }));
  const agents = (await provider(Authorization).agents(tenantId)).map(({ id, name, person, createdAt, lastUsedAt }): HeldCredential => ({ kind: 'agent', id, name, ownerId: person.id, answerableId: null, scope: null, createdBy: null, createdAt, expiresAt: null, lastUsedAt }));
  return [...keys, ...agents];
} // prettier-ignore

const operationOf = (what: ReviewAct) => {
  if (what.kind === 'grants') return { operation: grantsReplace, input: { id: what.subjectId, grants: what.grants, reason: what.reason } };
  const operation = { grant: grantsRevoke, apiKey: apiKeysRevoke, agent: agentsDisconnect }[what.kind];
  return { operation, input: { id: what.id } };
};

/** What access reviews ask of the others. A verdict passes the Gate as whoever gave it, as they are now. */
export const reviewAdapters = ({ people, gate, adapters, audit }: ReviewParts): readonly (readonly [Port<unknown>, unknown])[] => [
  provide(Usage, {
    of: usageOf,
    readsKeptDays: async (db, tenantId) => {
      const [row] = await db.select({ value: tenantSettings.value }).from(tenantSettings).where(eq(tenantSettings.tenantId, tenantId));
      const { readRetentionDays, auditRetentionDays } = settingsOf(row?.value).data;
      return Math.min(readRetentionDays, Math.max(90, auditRetentionDays));
    },
  }),
  provide(ReviewActs, {
    credentials: (tenantId) => credentialsOf(adapters(), tenantId),
    answering: async (tenantId) =>
      new Map((await providerOf(adapters())(ServiceAccounts).list(tenantId)).flatMap(({ id, owner }) => (owner ? [[id, owner.id] as const] : []))),
    endCredential: (tenantId, kind, id) =>
      kind === 'apiKey' ? providerOf(adapters())(Keys).revoke(tenantId, id) : providerOf(adapters())(Authorization).disconnect(tenantId, id),
    async take({ tenantId, personId, session, comment, key }, what) {
      const known: Actor = { kind: 'user', id: personId, name: '', email: null, tenantId, tenantSlug: '', credentialId: session, permissionCap: null, ip: null };
      const { operation, input } = operationOf(what);
      const call = { surface: 'internal', credentials: null, as: await people.revive(known), ip: null, requestId: newId(), envelope: { comment, idempotencyKey: key } } as const;
      const passed = await gate().pass(operation as typeof grantsRevoke, input, call);
      if (passed.status === 'planned') throw new Problem('invalid-transition', 'It was only planned.');
      if (passed.status === 'accepted') return { done: false, change: { id: passed.change.id, number: passed.change.number } };
      const { changeId, changeNumber } = passed;
      return { done: true, change: changeId && changeNumber ? { id: changeId, number: changeNumber } : null };
    },
    audit: (db, entry) => audit.write(db, entry),
  }),
]; // prettier-ignore
