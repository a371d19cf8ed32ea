import type { Context } from '#kernel/context.ts';
import type { ChangeRow } from '../tables.ts';
import type { Approval } from './schemas.ts';
import { requestOf } from './store.ts';
import { approvalDetail } from './view.ts';

/** The newest request of a Change as it is now, after an act on it. */
export async function afterwards(ctx: Context, change: ChangeRow): Promise<Approval> {
  return approvalDetail(ctx, (await requestOf(ctx, change.id))!, change);
}
