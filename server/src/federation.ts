import type { Config } from '#kernel/config.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import type { Port } from '#kernel/port.ts';
import type { RightsChanged } from '#modules/access/providers/port.ts';
import { createMappedRoles } from '#modules/access/mapped-roles.ts';
import { createAuditWriter } from '#modules/audit/writer.ts';
import { addressFault } from '#kernel/outbound.ts';
import type { SecondFactors } from '#modules/identity/factors/port.ts';
import type { AuditNote } from '#modules/identity/federation/port.ts';
import { wireFederation, type FederationOptions, type FederationParts } from '#modules/identity/federation/wire.ts';
import type { Memberships } from '#modules/identity/providers/port.ts';
import type { Sessions } from '#modules/identity/sessions/port.ts';
import { createDoors } from '#modules/tenancy/doors.ts';
import { Hosts } from '#modules/tenancy/providers/port.ts';
import type { Parts } from './core.ts';

/** Where people reach us, who may come, and the providers of the installation. */
export const federationOptions = ({
  publicUrl,
  port,
  signup,
  signupDomains,
  autoLink,
  providers,
  allowPrivateTargets,
  smtpUrl,
}: Config): FederationOptions => ({
  publicUrl: publicUrl ?? `http://localhost:${port}`,
  signup: { mode: signup, domains: signupDomains },
  autoLink,
  providers,
  allowPrivateTargets,
  mail: smtpUrl === undefined ? 'files' : 'smtp',
});

/** Something went wrong beside the call: an entry of its own, in its transaction. */
const noteWith =
  ({ databases, log, now }: Parts): AuditNote =>
  async (ctx, { code, text }) => {
    const entry: AuditEntry = {
      decisionId: newId(),
      requestId: ctx.requestId,
      actor: ctx.actor,
      surface: ctx.surface,
      operation: 'auth.logout',
      permission: 'auth:login',
      risk: 'write',
      sensitive: false,
      result: 'failure',
      reason: { stage: 'run', code, text },
      targets: [],
      grantId: null,
      rules: [],
      inputHash: '',
      changeId: null,
      comment: null,
      at: now(),
      durationMs: 0,
      timings: {},
    };
    await createAuditWriter(databases, (err) => log.error({ err }, 'audit')).steps.write(ctx.db, entry);
  };

interface Needs {
  sessions: Sessions;
  factors: SecondFactors;
  memberships: Memberships;
  rights: RightsChanged;
  /** Adapters of module tenancy. */
  tenancy: readonly (readonly [Port<unknown>, unknown])[];
}

/** Sign-in by another's word, with what it asks of tenants and roles. */
export function federationParts(
  parts: Parts,
  { sessions, factors, memberships, rights, tenancy }: Needs,
  options?: FederationOptions,
): FederationParts {
  const hosts = tenancy.find(([{ port }]) => port === Hosts.port)?.[1] as Hosts | undefined;
  return wireFederation(
    {
      ...parts,
      addressFault,
      sessions,
      factors,
      memberships,
      doors: createDoors({ tenantOf: hosts?.tenantOf ?? (async () => undefined) }),
      roles: createMappedRoles(rights),
      note: noteWith(parts),
    },
    options,
  );
}
