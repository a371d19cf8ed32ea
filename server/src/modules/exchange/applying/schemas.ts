import { z } from 'zod';

export const GENERATION_STATES = ['applying', 'confirmed', 'rolled_back', 'rejected', 'failed', 'unknown'] as const;
export type GenerationState = (typeof GENERATION_STATES)[number];
export const CAUSES = ['manual', 'converge', 'repair', 'rollback'] as const;
export type Cause = (typeof CAUSES)[number];
export const SYNC_STATES = ['pending', 'applying', 'applied', 'retrying', 'blocked', 'failed', 'removing'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

const names = z.array(z.string());
/** Peers by what becomes of their sessions. */
export const Impact = z.object({
  added: names,
  removed: names,
  restarted: names,
  reloaded: names.meta({ help: 'Filters are run again; sessions stay' }),
  unaffected: names.meta({ help: 'Changed, and no session notices' }),
  kept: z.int().meta({ help: 'Peers that were there before and stay' }),
});
export type Impact = z.output<typeof Impact>;

export const Generation = z
  .object({
    id: z.uuid(),
    routeServer: z.string(),
    number: z.int(),
    sha256: z.string(),
    sessions: z.int(),
    state: z.enum(GENERATION_STATES),
    cause: z.enum(CAUSES),
    impact: Impact,
    changeId: z.uuid().nullable(),
    problemCode: z.string().nullable(),
    detail: z.string().nullable(),
    confirmedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeGeneration' });

export const Sync = z
  .object({
    id: z.uuid(),
    routeServer: z.string(),
    name: z.string().meta({ help: 'As its file on the server is called' }),
    asn: z.int(),
    connectionId: z.uuid().nullable(),
    state: z.enum(SYNC_STATES),
    isWanted: z.boolean(),
    appliedGeneration: z.int().nullable(),
    problemCode: z.string().nullable(),
    detail: z.string().nullable(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeSync' });

export const FINDING_CLASSES = [
  'wrong_generation',
  'unmanaged_generation',
  'file_tampered',
  'current_link',
  'protocol_missing',
  'protocol_extra',
  'protocol_disabled',
  'foreign_protocol',
  'foreign_unconfirmed',
  'bird_down',
  'rpki_degraded',
  'limit_hit',
] as const;
export const Finding = z
  .object({ class: z.enum(FINDING_CLASSES), detail: z.string(), since: z.iso.datetime() })
  .meta({ id: 'ExchangeServerFinding' });
export type Finding = z.output<typeof Finding>;

export const Following = z
  .object({
    follow: z.boolean(),
    by: z.string().nullable().meta({ help: 'In whose name changes are applied by themselves' }),
    order: z.int(),
    dirtySince: z.iso.datetime().nullable().meta({ help: 'Since when something is to be applied' }),
    attempts: z.int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    applyingChange: z.uuid().nullable(),
    holdUntil: z.iso.datetime().nullable(),
    holdReason: z.string().nullable(),
    findings: z.array(Finding).meta({ help: 'What was not as it should be when the server was looked at last' }),
  })
  .meta({ id: 'ExchangeFollowing' });

export const generationNumber = z.coerce.number().int().min(1).meta({ title: 'Generation' });

export const Applied = z
  .object({ routeServer: z.string(), generation: z.int().meta({ help: 'That BIRD has confirmed' }), impact: Impact })
  .meta({ id: 'ExchangeApplied' });

/** What applying would do, before anybody asks for it. */
export const Prospective = z
  .object({
    routeServer: z.string(),
    generation: z.int().nullable().meta({ help: 'That it confirmed last; null when it has none' }),
    sha256: z.string().meta({ help: 'Of the configuration as it is to be' }),
    isSame: z.boolean().meta({ help: 'The server confirmed exactly this already' }),
    summary: z.string(),
    impact: Impact,
    files: z.array(z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() })).meta({ help: 'Those that differ' }),
  })
  .meta({ id: 'ExchangeProspect' });
