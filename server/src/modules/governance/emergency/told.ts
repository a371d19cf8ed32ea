import type { Hall } from '../approvals/electorate.ts';
import { Rights, Rosters } from '../providers/port.ts';
import type { ChangeRow } from '../tables.ts';

/** Who is told of an emergency: all administrators, and all who may decide over its targets. */
export async function toldOf({ db, tenantId, provider }: Omit<Hall, 'now'>, { targets }: Pick<ChangeRow, 'targets'>): Promise<string[]> {
  const approvers = await provider(Rights).holders(db, tenantId, 'approvals:decide', targets);
  const roles = await Promise.all(['owner', 'admin', 'approver'].map((role) => provider(Rosters).inRole(db, tenantId, role)));
  return [...new Set([...approvers.map(({ id }) => id), ...roles.flat()])];
}
