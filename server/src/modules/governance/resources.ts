import type { Target } from '#kernel/operation.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import { Resources, tagOf } from '#kernel/resource-cache.ts';
import type { WorkContext } from '#kernel/work.ts';
import { findChange } from './store.ts';

/** Nothing that was read of them before counts any more. */
export const forgetRead = (resources: Resources, tenantId: string, targets: readonly Pick<Target, 'type' | 'id'>[]): Promise<void> =>
  resources.changed(tenantId, [...new Set(targets.map(tagOf))]);

/** Once more when the Change is over for everybody: what was read while it ended may be from before. */
export async function forgetReadOf({ db, tenantId, provider }: WorkContext, { data }: DeliveredEvent): Promise<void> {
  const { targets } = await findChange(db, tenantId, String(data['changeId']));
  await forgetRead(provider(Resources), tenantId, targets);
}
