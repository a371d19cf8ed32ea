import { z } from 'zod';
import { hasNoNul, NUL } from '#kernel/recall/fields.ts';
import { accessLabels, GivenMetadata, Metadata } from '#kernel/recall/fields.ts';

export const MEMORY_TYPES = ['semantic', 'episodic', 'procedural', 'factual'] as const;
export type MemoryType = (typeof MEMORY_TYPES)[number];
export const SENSITIVITIES = ['public', 'internal', 'confidential', 'secret'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];
export const IMPORTANCES = ['critical', 'high', 'medium', 'low', 'trivial'] as const;
export type Importance = (typeof IMPORTANCES)[number];
export const MERGE_STRATEGIES = ['upsert', 'append', 'replace', 'version'] as const;
export type MergeStrategy = (typeof MERGE_STRATEGIES)[number];

/** Characters that the content of one memory may have. */
export const MOST_CONTENT = 65_536;

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u, 'No control characters');
const paragraph = (most: number) => z.string().trim().min(1).max(most).refine(hasNoNul, NUL);

/** Where a memory comes from. */
export const Provenance = z.object({
  actorKind: z.enum(['user', 'agent', 'system', 'external']),
  actorId: z.string(),
  evidence: z.string().optional(),
  observedAt: z.iso.datetime().optional(),
  workflowId: z.uuid().optional(),
  executionId: z.uuid().optional(),
  nodeId: z.string().optional(),
});
export type Provenance = z.output<typeof Provenance>;

export const memoryFields = {
  space: z
    .string()
    .regex(/^(tenant|user|user:[0-9a-f-]{36}|workflow:[0-9a-f-]{36}|[a-z][a-z0-9_-]{0,62})$/, 'tenant, user, workflow:<id>, or a name in lower case')
    .meta({ title: 'Space', help: 'tenant, user (your own), workflow:<id>, or a name of your choice', examples: ['tenant'] }),
  key: line(200).meta({ title: 'Key', help: 'Names it within its space', examples: ['edge-fra-1/maintenance'] }),
  type: z.enum(MEMORY_TYPES).meta({ title: 'Kind', help: 'semantic: what something means; episodic: what happened; procedural: how something is done; factual: what is so' }),
  title: line(200).meta({ title: 'Title' }),
  // Never in a Change or in the trail: whether it is a secret is said beside it.
  content: z.string().min(1).max(MOST_CONTENT).refine(hasNoNul, NUL).meta({ title: 'Content', widget: 'textarea', secret: true, examples: ['Reloads at night only; the last one took 7 minutes.'] }),
  summary: paragraph(2_000).meta({ title: 'Summary', widget: 'textarea', secret: true }),
  tags: z.array(line(50)).max(20).meta({ title: 'Tags', examples: [['edge', 'maintenance']] }),
  sensitivity: z.enum(SENSITIVITIES).meta({ title: 'Sensitivity', help: 'confidential: not sent to an embedding model; secret: encrypted, never sent to a model, and searched by key, title and tags alone' }),
  importance: z.enum(IMPORTANCES).meta({ title: 'Importance' }),
  confidence: z.number().min(0).max(1).meta({ title: 'Confidence', help: '0 to 1' }),
  expires: z
    .string()
    .regex(/^(never|[1-9]\d{0,3}[hd])$/, 'never, or hours or days such as 12h and 30d')
    .meta({ title: 'Expires', help: 'never, or after so long, such as 1h, 7d', examples: ['30d'] }),
  accessLabels,
  metadata: GivenMetadata.meta({ title: 'Metadata', secret: true, examples: [{ site: 'fra' }] }),
} as const; // prettier-ignore

export const LinkTarget = z
  .string()
  .trim()
  .min(1)
  .max(260)
  .meta({ title: 'Leads to', help: 'The key of a memory of the same space, or a thing such as `server:<id>`', examples: ['edge-fra-1/contacts'] });
export const Relation = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Lower case letters, digits and "_"').meta({ title: 'Relation', examples: ['about'] }); // prettier-ignore

export const MemoryLink = z
  .object({
    id: z.uuid(),
    relation: z.string(),
    /** `memory`, or a kind of things such as `server`. */
    toType: z.string(),
    toId: z.string(),
    key: z.string().nullable().meta({ help: 'Of the memory that it leads to, where you may see it' }),
  })
  .meta({ id: 'MemoryLink' });

export const Memory = z
  .object({
    id: z.uuid(),
    space: z.string(),
    key: z.string(),
    type: z.enum(MEMORY_TYPES),
    title: z.string().nullable(),
    content: z.string().nullable().meta({ secret: true, help: 'Null where it is secret: memories.reveal shows it' }),
    summary: z.string().nullable().meta({ secret: true }),
    tags: z.array(z.string()),
    sensitivity: z.enum(SENSITIVITIES),
    importance: z.enum(IMPORTANCES),
    confidence: z.number(),
    accessLabels: z.array(z.string()),
    entities: z.array(z.string()).meta({ help: 'Addresses, names of hosts and the like that were found in it' }),
    metadata: Metadata.meta({ secret: true }),
    provenance: Provenance,
    version: z.int(),
    expiresAt: z.iso.datetime().nullable(),
    searchedByMeaning: z.boolean().meta({ help: 'A model has told what it means' }),
    createdBy: z.string(),
    createdByName: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Memory' });
export type Memory = z.input<typeof Memory>;

export const MemoryVersion = z
  .object({
    number: z.int(),
    title: z.string().nullable(),
    content: z.string().nullable().meta({ secret: true, help: 'Null where it is secret' }),
    summary: z.string().nullable().meta({ secret: true }),
    note: z.string().nullable(),
    createdBy: z.string(),
    createdByName: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'MemoryVersion' });

/** What a search found, the best first. */
export const MemoryHit = z
  .object({
    ...Memory.pick({
      id: true, space: true, key: true, type: true, title: true, content: true, summary: true, tags: true, sensitivity: true, importance: true,
      confidence: true, version: true, expiresAt: true, updatedAt: true,
    }).shape,
    score: z.number().meta({ help: '0 to 1' }),
    keyword: z.number().nullable().meta({ help: 'Share of the words asked for that are in it; null when it was not found by words' }),
    semantic: z.number().nullable().meta({ help: 'How alike the meanings are; null when it was not found by meaning' }),
    metadata: Metadata.optional().meta({ secret: true }),
    provenance: Provenance.optional(),
  })
  .meta({ id: 'MemoryHit' }); // prettier-ignore
export type MemoryHit = z.input<typeof MemoryHit>;
