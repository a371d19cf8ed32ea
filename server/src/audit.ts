import { provide, type Port } from '#kernel/port.ts';
import { upkeepOf } from '#kernel/upkeep.ts';
import { createEvidence } from '#modules/audit/chain/evidence.ts';
import { runExport } from '#modules/audit/exports/run.ts';
import { Evidence } from '#modules/audit/providers/port.ts';
import type { Parts } from './core.ts';

export interface AuditParts {
  adapters: readonly (readonly [Port<unknown>, unknown])[];
  /** Begins to seal and to write exports; answers what ends the sealing. */
  run: () => () => Promise<void>;
  /** JSON Web Key Set (RFC 7517) of those who check anchors. */
  keys: () => Promise<unknown>;
}

/** The work of the system on the trail, and the key its anchors are signed with. */
export function wireAudit(parts: Parts, databaseUrl: string): AuditParts {
  const evidence = createEvidence({ ...parts, seed: parts.keyFor('audit-anchor'), upkeep: upkeepOf(databaseUrl) });
  const { keyId, publicKey } = evidence.signer;
  const keys = { keys: [{ ...publicKey, kid: keyId, alg: 'EdDSA', use: 'sig' }] };
  return {
    adapters: [provide(Evidence, evidence)],
    run: () => {
      parts.jobs.work('export', (job) => runExport({ ...parts, signer: evidence.signer }, job));
      return evidence.run();
    },
    keys: async () => keys,
  };
}
