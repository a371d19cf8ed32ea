import type { Actor } from '#kernel/context.ts';
import type { Gate } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import type { JobRun } from '#kernel/jobs.ts';
import type { Adapters, Port } from '#kernel/port.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { Evidence } from '#modules/audit/providers/port.ts';
import { reportsGenerate } from '#modules/reports/index.ts';
import { runReport } from '#modules/reports/job.ts';
import { createReports } from '#modules/reports/make.ts';
import { Clockwork, Reports } from '#modules/reports/providers/port.ts';
import { people as members } from '#modules/tenancy/people.ts';
import type { Parts, People } from './core.ts';

export interface ReportParts {
  adapters: readonly (readonly [Port<unknown>, unknown])[];
  /** Writes the report that a job names. */
  write: (job: JobRun) => Promise<void>;
}

/** Covered by the Scope of everything only. */
const ANYTHING = { type: 'report', id: 'any' };

/** The clock asks as the owner of a schedule, who is looked at as they are now, and passes the Gate like everybody. */
const clockwork = ({ revive, holders }: Pick<People, 'revive' | 'holders'>, gate: () => Gate): Clockwork => ({
  async generate({ tenantId, personId }, input) {
    const known: Actor = { kind: 'user', id: personId, name: '', email: null, tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ip: null };
    const call = { surface: 'internal', credentials: null, as: await revive(known), ip: null, requestId: newId(), envelope: {} } as const;
    const passed = await gate().pass(reportsGenerate, input, call);
    if (passed.status !== 'done') throw new Error(`reports.generate is ${passed.status}, and not done`);
    return passed.output;
  },
  readers: async (db, tenantId) => new Map((await holders(db, tenantId, 'reports:read', [ANYTHING])).map(({ id, name }) => [id, { name }])),
  named: (db, tenantId, ids) => members.named(db, tenantId, ids),
}); // prettier-ignore

/** Reports are signed with the key of the audit trail, so that whoever checks evidence needs one key. */
export function wireReports(
  parts: Parts,
  people: Pick<People, 'revive' | 'holders'>,
  { adapters, gate }: { adapters: () => Adapters; gate: () => Gate },
): ReportParts {
  const deps = { ...parts, signatures: () => providerOf(adapters())(Evidence).signer };
  return {
    adapters: [provide(Reports, createReports(deps)), provide(Clockwork, clockwork(people, gate))],
    write: (job) => runReport(deps, job),
  };
}
