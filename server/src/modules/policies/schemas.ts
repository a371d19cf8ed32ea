import { z } from 'zod';
import { MAX_DOCUMENT } from './documents.ts';
import type { ActivationRow, By, SetRow, VersionRow } from './tables.ts';

const Time = z.iso.datetime();
export const Author = z.object({ kind: z.string(), id: z.string(), name: z.string() });
export const byOf = ({ kind, id, name }: By): By => ({ kind, id, name });

export const Document = z
  .string()
  .min(1)
  .max(MAX_DOCUMENT)
  .meta({ title: 'Document', help: 'YAML or JSON, one PolicySet', widget: 'policy', contentMediaType: 'application/yaml' });
export const SetId = z.uuid().meta({ title: 'Policy set', widget: 'policySet' });
export const VersionNumber = z.coerce.number().int().min(1).max(1_000_000).meta({ title: 'Version' });
export const Message = z.string().trim().min(1).max(500).meta({ title: 'Message', help: 'What this version changes, and why' });

export const Trial = z.object({
  version: z.int(),
  mode: z.enum(['shadow', 'percentage']),
  percent: z.int().nullable(),
  until: Time.nullable(),
});

export const PolicySetView = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  owner: z.string().nullable(),
  team: z.string().nullable().meta({ help: 'Slug of the team whose calls it holds for; null when it holds for everybody' }),
  status: z.enum(['draft', 'active', 'retired']),
  version: z.int().meta({ help: 'The newest version; send it as If-Match when you save' }),
  activeVersion: z.int().nullable(),
  trial: Trial.nullable(),
  isProtected: z.boolean().meta({ help: 'Cannot be retired' }),
  retiredAt: Time.nullable(),
  createdAt: Time,
  updatedAt: Time,
});
export type PolicySetView = z.input<typeof PolicySetView>;

export const VersionView = z.object({
  id: z.uuid(),
  number: z.int(),
  hash: z.string().meta({ help: 'SHA-256 of the document' }),
  message: z.string(),
  author: Author,
  status: z.enum(['draft', 'candidate', 'active', 'retired']),
  createdAt: Time,
});
export type VersionView = z.input<typeof VersionView>;

export const FaultView = z.object({
  line: z.int(),
  column: z.int(),
  pointer: z.string(),
  message: z.string(),
  severity: z.enum(['error', 'warning']),
});

export const PolicySummary = z.object({
  id: z.string(),
  type: z.string(),
  enabled: z.boolean(),
  enforcement: z.enum(['enforce', 'warn', 'audit']),
  severity: z.string(),
  phases: z.array(z.string()),
  message: z.string().nullable(),
});

export const VersionDetail = VersionView.extend({
  setId: z.uuid(),
  name: z.string(),
  document: z.string(),
  policies: z.array(PolicySummary),
  tests: z.int(),
  faults: z.array(FaultView).meta({ help: 'What is wrong or doubtful about it under the engine of today' }),
});
export type VersionDetail = z.input<typeof VersionDetail>;

export const ActivationView = z.object({
  id: z.uuid(),
  version: z.int().nullable(),
  mode: z.enum(['now', 'shadow', 'percentage', 'ended', 'retired']),
  percent: z.int().nullable(),
  until: Time.nullable(),
  replaced: z.int().nullable(),
  changeId: z.uuid().nullable(),
  by: Author,
  at: Time,
});

export const PolicySetDetail = PolicySetView.extend({
  newest: VersionDetail,
  active: VersionDetail.nullable(),
  activations: z.array(ActivationView).meta({ help: 'The last twenty, newest first' }),
});

export const activationView = (row: ActivationRow): z.input<typeof ActivationView> => ({
  id: row.id, version: row.number, mode: row.mode, percent: row.percent, until: row.until?.toISOString() ?? null, replaced: row.replaced,
  changeId: row.changeId, by: byOf(row.by), at: row.createdAt.toISOString(),
}); // prettier-ignore

const trialOf = ({ candidate, trial, percent, trialUntil }: SetRow, now: Date): z.input<typeof Trial> | null =>
  candidate === null || trial === null || (trialUntil !== null && trialUntil <= now)
    ? null
    : { version: candidate, mode: trial, percent, until: trialUntil?.toISOString() ?? null };

export const setView = (row: SetRow, now: Date, isProtected: boolean): PolicySetView => ({
  id: row.id,
  name: row.name,
  description: row.description,
  owner: row.owner,
  team: row.team,
  status: row.retiredAt ? 'retired' : row.active === null ? 'draft' : 'active',
  version: row.version,
  activeVersion: row.active,
  trial: trialOf(row, now),
  isProtected,
  retiredAt: row.retiredAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** Newer than the active one and never in force: a draft; older: retired. */
function statusOf(number: number, set: SetRow, now: Date): VersionView['status'] {
  if (number === set.active && !set.retiredAt) return 'active';
  if (trialOf(set, now)?.version === number) return 'candidate';
  return set.retiredAt || (set.active !== null && number < set.active) ? 'retired' : 'draft';
}

export const versionView = (
  row: Pick<VersionRow, 'id' | 'number' | 'hash' | 'message' | 'author' | 'createdAt'>,
  set: SetRow,
  now: Date,
): VersionView => ({
  id: row.id,
  number: row.number,
  hash: row.hash,
  message: row.message,
  author: byOf(row.author),
  status: statusOf(row.number, set, now),
  createdAt: row.createdAt.toISOString(),
});
