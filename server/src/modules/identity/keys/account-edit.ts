import type { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { Standing } from '../providers/port.ts';
import { ServiceAccounts, type ServiceAccountRecord } from './port.ts';
import { serviceAccount, type ServiceAccount } from './schemas.ts';

export const findAccount = (ctx: ReadContext, id: string): Promise<ServiceAccountRecord> =>
  ctx.once(`service account ${id}`, async () => {
    const found = await ctx.provider(ServiceAccounts).find(ctx.tenantId, id);
    if (!found) throw new Problem('not-found', 'There is no such service account in this tenant.');
    return found;
  });

export const accountTarget = async (ctx: ReadContext, { id }: { id: string }) => [
  { type: 'serviceAccount', id, name: (await findAccount(ctx, id)).name },
];

/** Throws unless an active member, a person, is to answer for it. */
export async function requireAnswerable(ctx: ReadContext, personId: string): Promise<void> {
  if (await ctx.provider(ServiceAccounts).mayAnswer(ctx.tenantId, personId)) return;
  const message = 'Another person has to answer for it: an active member of this tenant';
  throw new Problem('validation-failed', `${message}.`, { errors: [{ pointer: '/ownerId', message }] });
}

/** Throws `version-conflict` when If-Match names another version. */
export function requireSeen(ctx: ReadContext, { name, version }: ServiceAccountRecord): void {
  const seen = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen !== undefined && seen !== '*' && seen !== String(version))
    throw new Problem('version-conflict', `"${name}" is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, {
      version,
    });
}

/** Accounts with the roles that they hold here. */
export const accountViews = (ctx: ReadContext, records: readonly ServiceAccountRecord[]): Promise<z.input<typeof ServiceAccount>[]> =>
  Promise.all(records.map(async (one) => serviceAccount(one, (await ctx.provider(Standing).everywhere(one.id)).get(ctx.tenantId) ?? [])));

export const accountView = async (ctx: ReadContext, record: ServiceAccountRecord): Promise<z.input<typeof ServiceAccount>> =>
  (await accountViews(ctx, [record]))[0]!;
