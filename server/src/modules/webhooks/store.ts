import type { Context, ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { scopeCovers, type Reach, type Scope } from '#kernel/scope.ts';
import './problems.ts';
import { messageIdOf } from './rules.ts';
import type { Delivery, Webhook } from './schemas.ts';
import { deliveries, webhooks, type DeliveryRow, type WebhookRow } from './tables.ts';

export interface Reader {
  db: Database;
  tenantId: string;
}

/** Throws `webhook-not-found`; `lock` holds the row until the transaction ends, without standing in the way of new deliveries. */
export async function findWebhook({ db, tenantId }: Reader, id: string, lock = false): Promise<WebhookRow> {
  const query = db.select().from(webhooks).where(and(eq(webhooks.tenantId, tenantId), eq(webhooks.id, id))); // prettier-ignore
  const [row] = isUuid(id) ? await (lock ? query.for('no key update') : query) : [];
  if (!row) throw new Problem('webhook-not-found', 'There is no such webhook in this tenant. List them with webhooks.list.');
  return row;
}

type Reached = Pick<WebhookRow, 'id' | 'name' | 'environments' | 'labels'>;

/**
 * What a webhook tells lies in its environments and has its labels, so that is what it is judged by: who reaches `staging` alone may
 * make one for `staging` alone. One without a filter tells of everything.
 */
export const webhookTargets = ({ id, name, environments, labels }: Reached): Target[] =>
  (environments.length > 0 ? environments : [null]).map((environment) => ({ type: 'webhook', id, name, environment, labels }));

const covers = (scope: Scope, row: Reached): boolean => webhookTargets(row).every((target) => scopeCovers(scope, target));
export const isReached = (reach: Reach, row: Reached): boolean => reach.some(({ scope }) => covers(scope, row));

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export function webhookView(row: WebhookRow, now: Date): Webhook {
  const { id, name, description, url, events, environments, labels, redact, headerNames, rate, ordered, challenge, state, stateReason } = row;
  const { apiVersion, createdBy, createdByName, version, previousUntil } = row;
  return {
    id, name, description, url, events, environments, labels, redact, headerNames, rate, ordered, challenge, state, stateReason, apiVersion, createdBy, createdByName, version,
    stateAt: row.stateAt.toISOString(),
    secretSetAt: row.secretSetAt.toISOString(),
    previousSecretUntil: previousUntil && previousUntil > now ? previousUntil.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }; // prettier-ignore
}

export const deliveryView = (row: DeliveryRow): Delivery => ({
  id: row.id,
  webhookId: row.webhookId,
  messageId: messageIdOf(row.eventId),
  type: row.type,
  sequence: row.sequence,
  state: row.state,
  test: row.isTest,
  attempts: row.attempts,
  nextAt: time(row.nextAt),
  status: row.status,
  code: row.code,
  occurredAt: row.occurredAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
  settledAt: time(row.settledAt),
  replayedAt: time(row.replayedAt),
});

/** A delivery with the webhook it is for. Throws `webhook-not-found`. */
export async function findDelivery({ db, tenantId }: Reader, id: string): Promise<{ delivery: DeliveryRow; webhook: WebhookRow }> {
  const [found] = isUuid(id)
    ? await db
        .select({ delivery: deliveries, webhook: webhooks })
        .from(deliveries)
        .innerJoin(webhooks, and(eq(webhooks.tenantId, deliveries.tenantId), eq(webhooks.id, deliveries.webhookId)))
        .where(and(eq(deliveries.tenantId, tenantId), eq(deliveries.id, id)))
    : [];
  if (!found) throw new Problem('webhook-not-found', 'There is no such delivery in this tenant. They are kept for 30 days.');
  return found;
}

export const nameTaken = (name: string): Problem =>
  new Problem('webhook-name-taken', `There is a webhook "${name}" already. Choose another name.`, {
    errors: [{ pointer: '/name', message: 'In use' }],
  });

export const isDisabled = (name: string): Problem =>
  new Problem('webhook-disabled', `"${name}" is disabled, so nothing is sent to it. Set its state to active first.`);

/** Refuses with `version-conflict` when the caller says, in If-Match, that they have seen another version. */
export function requireSeen({ name, version }: Pick<WebhookRow, 'name' | 'version'>, ctx: ReadContext): void {
  const seen = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen === undefined || seen === '*' || seen === String(version)) return;
  throw new Problem('version-conflict', `"${name}" is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, {
    version,
  });
}
