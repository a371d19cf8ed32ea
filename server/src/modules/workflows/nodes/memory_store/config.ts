import { z } from 'zod';
import { memoriesCreate } from '#modules/memory/index.ts';
import { Json } from '../../graph.ts';
import { tpl } from '../fields.ts';

const told = memoriesCreate.input.shape;
export const MEMORY_TYPES = told.type.unwrap().options;
export const SENSITIVITIES = told.sensitivity.unwrap().options;
export const IMPORTANCES = told.importance.unwrap().options;

const SPACE = /^(workflow|tenant|user|[a-z][a-z0-9_-]{0,62})$/;
/** Where both nodes of memory look. */
export const space = z
  .string()
  .regex(SPACE, 'workflow, tenant, user, or a name in lower case')
  .default('workflow')
  .meta({ title: 'Space', help: 'workflow: this one’s own; tenant; user: of whoever it runs as; or a name of your choice', expression: 'none' });

const key = (title: string, help?: string) => tpl({ title, ...(help === undefined ? {} : { help }) }, 400);

export const Config = z.object({
  space,
  memoryKey: key('Key', 'Names it within its space; what has the key already becomes one with it. Made up when left out').optional(),
  content: tpl({ title: 'Content', widget: 'textarea', help: 'What came in when left out', examples: ['{{ input.text }}'] }, 70_000).optional(),
  type: z.enum(MEMORY_TYPES).default('semantic').meta({ title: 'Kind' }),
  title: tpl({ title: 'Title' }, 400).optional(),
  summary: tpl({ title: 'Summary', widget: 'textarea' }, 4_000).optional(),
  tags: z.array(z.string().max(200)).max(20).default([]).meta({ title: 'Tags', expression: 'tpl' }),
  mergeStrategy: z.enum(told.mergeStrategy.unwrap().options).default('upsert').meta({ title: 'Where the key is there', help: 'upsert: new content in the place of the old; append: below it; replace: forget all that was there; version: keep the old one as a version' }),
  versionNote: tpl({ title: 'Note', help: 'Kept with the former version' }, 1_000).optional(),
  sensitivity: z.enum(SENSITIVITIES).default('internal').meta({ title: 'Sensitivity', help: 'confidential is not sent to an embedding model; secret is encrypted, and shown to people alone' }),
  redactSecrets: z.boolean().default(true).meta({ title: 'Mask credentials', help: 'Whatever looks like a password, token or key' }),
  importance: z.enum(IMPORTANCES).default('medium').meta({ title: 'Importance' }),
  confidence: z.number().min(0).max(1).default(1).meta({ title: 'Confidence', help: '0 to 1' }),
  expires: told.expires.unwrap().default('never').meta({ expression: 'none' }),
  related: z.array(z.string().max(400)).max(20).default([]).meta({ title: 'Related', help: 'Keys of memories of the space', expression: 'tpl' }),
  parentKey: key('Part of', 'Key of a memory of the space').optional(),
  replacesKey: key('Takes the place of', 'Key of a memory of the space that is no longer found').optional(),
  links: z.array(z.object({ to: tpl({ title: 'Leads to', help: 'Key of a memory of the space, or a thing such as server:<id>' }, 400), relation: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/).meta({ title: 'Relation', expression: 'none' }) })).max(20).default([]).meta({ title: 'Links' }),
  extractEntities: z.enum(['off', 'regex']).default('off').meta({ title: 'Find names in it', help: 'Addresses, prefixes, systems and names of hosts; it is found by them' }),
  metadata: z.record(z.string(), Json).optional().meta({ title: 'Metadata', expression: 'tpl' }),
  evidence: tpl({ title: 'Evidence', help: 'Where it is known from' }, 4_000).optional(),
  observedAt: tpl({ title: 'Observed at', help: 'RFC 3339' }, 200).optional(),
  actorKind: z.enum(['user', 'agent', 'system', 'external']).optional().meta({ title: 'Known from whom', help: 'What the workflow runs as when left out' }),
  actorId: tpl({ title: 'Their id' }, 400).optional(),
}); // prettier-ignore

/** What came in, as a text, where the configuration says none. */
export const saidOr = (text: string | undefined, input: Json): string =>
  text !== undefined && text.trim() !== '' ? text : typeof input === 'string' ? input : JSON.stringify(input);

export type Config = z.output<typeof Config>;

export const Output = z.object({ id: z.uuid().nullable(), key: z.string(), version: z.int(), created: z.boolean() });
