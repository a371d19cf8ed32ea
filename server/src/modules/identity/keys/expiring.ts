import type { WorkContext } from '#kernel/work.ts';
import { Keys } from './port.ts';

const DAY = 86_400_000;
/** Days before its end on which a key is announced to end. */
const NOTICE = [7, 1] as const;

/** Looked at once a day, so that each key is announced once for each notice. */
export const isNoticeDue = (expiresAt: Date, at: Date): boolean => {
  const left = expiresAt.getTime() - at.getTime();
  return NOTICE.some((days) => left > (days - 1) * DAY && left <= days * DAY);
};

/** Announces the keys of a tenant that are about to end and have no successor. */
export async function announceExpiring(ctx: WorkContext): Promise<void> {
  const keys = await ctx.provider(Keys).list(ctx.tenantId);
  const replaced = new Set(keys.map(({ rotatedFrom }) => rotatedFrom));
  for (const { id, name, owner, expiresAt } of keys)
    if (isNoticeDue(expiresAt, ctx.now()) && !replaced.has(id))
      ctx.emit('apiKey.expiring', { keyId: id, name, userId: owner.id, answerableId: owner.answerableId, expiresAt: expiresAt.toISOString() });
}
