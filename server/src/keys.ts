import type { JobRun } from '#kernel/jobs.ts';
import { provide } from '#kernel/port.ts';
import { Reencryptions } from '#modules/keys/providers/port.ts';
import { begin, reencrypt, resume, type KeysDeps } from '#modules/keys/reencrypt.ts';
import { placesIn } from '#modules/keys/stale.ts';
import type { Parts } from './core.ts';

/** What module keys needs, and the job that moves values to a new data key. */
export function wireKeys({ databases, jobs, sealer, registry, now }: Parts) {
  const deps: KeysDeps = { databases, jobs, sealer, now, places: placesIn(registry.modules) };
  return {
    adapters: [provide(Reencryptions, { begin: (tenantId) => begin(deps, tenantId), resume: () => resume(deps) })],
    carryOut: (job: JobRun): Promise<void> => reencrypt(deps, job),
  };
}
