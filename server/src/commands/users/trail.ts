import { hostname, userInfo } from 'node:os';
import { createHash } from 'node:crypto';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { canonicalJson, newId } from '#kernel/ids.ts';
import { recordAct } from '#modules/audit/admin/actions.ts';
import type { Opened } from '../open.ts';

/** Who sits at the server: an account of its operating system, which is no person of ours. */
export const operator = (): string => {
  const { username, uid } = userInfo();
  return `${username} (uid ${uid}) on ${hostname()}`;
};

export interface Act {
  operation: `identity.${string}.${'created' | 'updated' | 'deleted'}` | `identity.${string}`;
  tenant: { id: string; slug: string };
  person: { id: string; name: string };
  /** What was asked for, without any secret. */
  input: object;
  at: Date;
}

const digest = (input: object): string => createHash('sha256').update(canonicalJson(input)).digest('hex');

/** An act at the server, as the tenant's audit trail keeps it. */
const entryOf = ({ operation, tenant, person, input, at }: Act): AuditEntry => ({
  decisionId: newId(),
  requestId: newId(),
  actor: {
    kind: 'system', id: 'system:server-cli', name: `operating-system user ${operator()}`, email: null, tenantId: tenant.id, tenantSlug: tenant.slug,
    credentialId: null, permissionCap: null, ip: null,
  },
  surface: 'cli',
  operation,
  permission: 'identity:manage',
  risk: 'high',
  sensitive: false,
  result: 'success',
  reason: null,
  targets: [{ type: 'user', id: person.id, name: person.name }],
  grantId: null,
  rules: [],
  inputHash: digest(input),
  changeId: null,
  comment: Object.keys(input).length > 0 ? canonicalJson(input) : null,
  at,
  durationMs: 0,
  timings: {},
}); // prettier-ignore

/**
 * Writes the entry before the act is committed, in a transaction of its own: the role that changes accounts may not write evidence.
 * Without the entry the act is not done; that an entry outlives an act that could not be committed is the lesser evil.
 */
export async function writeTrail({ databases, audit }: Opened['core'], act: Act): Promise<void> {
  const entry = entryOf(act);
  await databases.tenant({ tenantId: act.tenant.id }, (db) => audit.steps.write(db, entry));
  const { operation, tenant, input, at } = act;
  await recordAct(
    { databases, audit: audit.steps },
    { at, operator: operator(), operation, aboutTenantId: tenant.id, after: input, targets: entry.targets },
  );
}
