import type { JobRun } from '#kernel/jobs.ts';
import type { Adapters, Port } from '#kernel/port.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { Evidence } from '#modules/audit/providers/port.ts';
import { runReport } from '#modules/reports/job.ts';
import { createReports } from '#modules/reports/make.ts';
import { Reports } from '#modules/reports/providers/port.ts';
import type { Parts } from './core.ts';

export interface ReportParts {
  adapters: readonly (readonly [Port<unknown>, unknown])[];
  /** Writes the report that a job names. */
  write: (job: JobRun) => Promise<void>;
}

/** Reports are signed with the key of the audit trail, so that whoever checks evidence needs one key. */
export function wireReports(parts: Parts, adapters: () => Adapters): ReportParts {
  const deps = { ...parts, signatures: () => providerOf(adapters())(Evidence).signer };
  return { adapters: [provide(Reports, createReports(deps))], write: (job) => runReport(deps, job) };
}
