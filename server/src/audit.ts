import { LegalHolds } from '#kernel/holds.ts';
import type { JobRun } from '#kernel/jobs.ts';
import type { Adapters, Port } from '#kernel/port.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { upkeepOf } from '#kernel/upkeep.ts';
import { createEvidence } from '#modules/audit/chain/evidence.ts';
import { runExport } from '#modules/audit/exports/run.ts';
import { Evidence } from '#modules/audit/providers/port.ts';
import { isHeld } from '#modules/audit/retention/holds.ts';
import { createSecurityWatch, type LinesSince } from '#modules/audit/security/watch.ts';
import { linesSince } from '#modules/identity/profile/lines.ts';
import { Sessions } from '#modules/identity/sessions/port.ts';
import { retentions, workplaces } from '#modules/tenancy/workplaces.ts';
import type { Parts } from './core.ts';

export interface AuditParts {
  adapters: readonly (readonly [Port<unknown>, unknown])[];
  /** Begins to seal and to write exports, and reports with `report`; answers what ends the sealing. */
  run: (report: (job: JobRun) => Promise<void>) => () => Promise<void>;
  /** JSON Web Key Set (RFC 7517) of those who check anchors. */
  keys: () => Promise<unknown>;
}

/** Lines of persons with where they work: the first is of identity, the second of tenancy. */
const withTenants: LinesSince = async (db, since, kinds) => {
  const lines = await linesSince(db, since, kinds);
  const tenants = await workplaces(db, [...new Set(lines.map(({ userId }) => userId))]);
  return lines.map((line) => ({ ...line, tenantIds: tenants.get(line.userId) ?? [] }));
};

/** The work of the system on the trail, the key its anchors are signed with, and the watch for what points at an attack. */
export function wireAudit(parts: Parts, databaseUrl: string, adapters: () => Adapters): AuditParts {
  const security = createSecurityWatch({
    databases: parts.databases,
    linesSince: withTenants,
    endSessions: async (tenantId, userId) => void (await providerOf(adapters())(Sessions).endWithin(tenantId, { userId })),
    onError: (err) => parts.log.error({ err }, 'what a security rule asks for could not be done'),
  });
  const evidence = createEvidence({ ...parts, seed: parts.keyFor('audit-anchor'), upkeep: upkeepOf(databaseUrl), security, retentions });
  const { keyId, publicKey } = evidence.signer;
  const keys = { keys: [{ ...publicKey, kid: keyId, alg: 'EdDSA', use: 'sig' }] };
  return {
    adapters: [provide(Evidence, evidence), provide(LegalHolds, { isHeld })],
    run: (report) => {
      // One queue for files of any size: whoever they are of, few are written at once.
      parts.jobs.work('export', (job) => ('reportId' in job.data ? report(job) : runExport({ ...parts, signer: evidence.signer }, job)));
      return evidence.run();
    },
    keys: async () => keys,
  };
}
