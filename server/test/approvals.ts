import { eq, sql } from '#kernel/drizzle.ts';
import { auditEntries } from '#modules/audit/tables.ts';
import type { Requirement } from '#kernel/gate-steps.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { providerOf } from '#kernel/port.ts';
import type { WorkContext } from '#kernel/work.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { tickApprovals } from '#modules/governance/approvals/clock.ts';
import { expireChanges } from '#modules/governance/expire.ts';
import { approvalsGet, changesSubmit } from '#modules/governance/index.ts';
import { changes } from '#modules/governance/tables.ts';
import type { Person, World } from './world.ts';

const SYSTEM = { kind: 'system', id: 'system:governance', name: 'system:governance', email: null, tenantSlug: '', credentialId: null, permissionCap: null, ip: null } as const; // prettier-ignore

/** Work by the clock as one process does it: in a transaction, with what it announces. */
export async function byTheClock(world: World, now: () => Date, work: (ctx: WorkContext) => Promise<void>): Promise<void> {
  const tenantId = world.tenants.a;
  const emitted: Emitted[] = [];
  await world.databases.tenant({ tenantId }, async (db) => {
    await work({
      db,
      tenantId,
      now,
      actor: { ...SYSTEM, tenantId },
      provider: providerOf(world.adapters),
      once: (_key, load) => load(),
      changeId: null,
      emit: (type, data) => void emitted.push({ type, data }),
    });
    await appendEvents(db, tenantId, emitted, null);
  });
}
export const expire = (world: World, now: () => Date): Promise<void> => byTheClock(world, now, expireChanges);
export const tick = (world: World, now: () => Date): Promise<void> => byTheClock(world, now, tickApprovals);

/** So many of whoever may decide. */
export const anybody = (count = 1): Requirement => ({ rule: 'anybody', text: 'So many have to agree.', need: { who: 'scopeApprovers', count } });

/** A Change that waits for just these requirements, whatever the rules in force say. */
export async function asked(world: World, operation: AnyOperation, input: unknown, person: Person, requirements: readonly Requirement[]) {
  const draft = await world.accepted(operation, input, person, { draft: true });
  await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db
      .update(changes)
      .set({ requirements: [...requirements] })
      .where(eq(changes.id, draft.id)),
  );
  await world.done(changesSubmit, { id: draft.id }, person);
  return draft;
}

export const requestOf = (world: World, change: { id: string }, person: Person) => world.done(approvalsGet, { id: change.id }, person);

/** What was announced about a Change, oldest first. */
export async function told(world: World, change: { id: string }, type?: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const { rows } = await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.execute(sql`select type, data from events where data->>'changeId' = ${change.id} and (${type ?? null}::text is null or type = ${type ?? null}) order by seq`),
  ); // prettier-ignore
  return rows as { type: string; data: Record<string, unknown> }[];
}

/** Entries of the trail about a Change, oldest first. */
export async function trailOf(world: World, change: { id: string }) {
  await world.audit.flush();
  return world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.select().from(auditEntries).where(eq(auditEntries.changeId, change.id)).orderBy(auditEntries.at, auditEntries.id),
  );
}
