import type { AuditEntry } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import { recordAct } from '#modules/audit/admin/actions.ts';
import type { Opened } from './open.ts';
import { operator } from './users/trail.ts';

export interface TenantAct {
  operation: string;
  permission: string;
  tenant: { id: string; slug: string; name: string };
  /** What was asked for; nothing in it may be secret. */
  input: object;
  before?: unknown;
  reason?: string | null;
}

/** Writes an act of the operator into the tenant's trail and the operator's own, before it is done: without the entries it is not done. */
export async function recordTenantAct({ databases, audit, now }: Opened['core'], { operation, permission, tenant, input, before = null, reason = null }: TenantAct): Promise<void> {
  const at = now();
  const entry: AuditEntry = {
    decisionId: newId(), requestId: newId(),
    actor: { kind: 'system', id: 'system:server-cli', name: `operating-system user ${operator()}`, email: null, tenantId: tenant.id, tenantSlug: tenant.slug, credentialId: null, permissionCap: null, ip: null },
    surface: 'cli', operation, permission, risk: 'high', sensitive: false, result: 'success', reason: null, targets: [{ type: 'tenant', id: tenant.id, name: tenant.name }],
    grantId: null, rules: [], inputHash: '', changeId: null, comment: JSON.stringify(input), at, durationMs: 0, timings: {},
  };
  await databases.tenant({ tenantId: tenant.id }, (db) => audit.steps.write(db, entry));
  await recordAct({ databases, audit: audit.steps }, { at, operator: operator(), operation, aboutTenantId: tenant.id, reason, before, after: input, targets: entry.targets });
} // prettier-ignore
