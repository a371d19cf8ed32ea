import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { seerOf } from '#kernel/recall/labels.ts';
import { Recall } from '#kernel/recall/port.ts';
import { memoryTarget, ownSpace } from '../find.ts';
import '../problems.ts';
import { LinkTarget, Memory, memoryFields, MERGE_STRATEGIES, Relation, type Provenance } from '../schemas.ts';
import { storeMemory } from '../store.ts';
import { memoryView } from '../view.ts';

const { space, key, type, content, title, summary, tags, sensitivity, importance, confidence, expires, accessLabels, metadata } = memoryFields;

/** What is kept with a memory that somebody stores by hand. */
const provenanceOf = ({ actor }: ReadContext, { evidence, observedAt }: { evidence?: string | undefined; observedAt?: string | undefined }): Provenance => ({
  actorKind: actor.agent || actor.kind === 'agent' ? 'agent' : actor.kind === 'system' ? 'system' : 'user',
  actorId: actor.id,
  ...(evidence === undefined ? {} : { evidence }),
  ...(observedAt === undefined ? {} : { observedAt }),
}); // prettier-ignore

/** What is kept, and what becomes of what is there. */
export const StoreInput = z.object({
  space: space.default('tenant'),
  key: key.optional().meta({ help: 'Names it within its space; made up when left out' }),
  content,
  type: type.optional(),
  title: title.optional(),
  summary: summary.optional(),
  tags: tags.optional(),
  sensitivity: sensitivity.optional(),
  importance: importance.optional(),
  confidence: confidence.optional(),
  expires: expires.optional(),
  accessLabels: accessLabels.optional(),
  metadata: metadata.optional(),
  mergeStrategy: z.enum(MERGE_STRATEGIES).default('upsert').meta({ title: 'Where the key is there' }),
  versionNote: z.string().trim().min(1).max(500).optional().meta({ title: 'Note', help: 'Kept with the former version' }),
  links: z
    .array(z.object({ to: LinkTarget, relation: Relation }))
    .max(50)
    .optional()
    .meta({ title: 'Links' }),
  replacesKey: key.optional().meta({ title: 'Takes the place of', help: 'Key of a memory that is no longer found' }),
  evidence: z.string().trim().min(1).max(2_000).optional().meta({ title: 'Evidence', help: 'Where it is known from' }),
  observedAt: z.iso.datetime().optional().meta({ title: 'Observed at' }),
});

export const memoriesCreate = defineOperation({
  name: 'memories.create',
  summary: 'Keep something in memory',
  description:
    'Where the space has a memory of this key the two become one as `mergeStrategy` says: `upsert` puts the new content in the place of the old and keeps what else was not said, `version` does so and keeps the old one as a version, of which there are the last hundred, `append` adds the content below, `replace` forgets all that was there. Whether a memory is secret changes by `replace` alone.',
  permission: 'memory:write',
  risk: 'write',
  input: StoreInput,
  output: Memory.extend({ created: z.boolean().meta({ help: 'False where it became one with what was there' }) }),
  targets: (_ctx, input) => [memoryTarget({ id: 'new', key: input.key ?? 'new' })],
  plan(ctx, input) {
    const place = ownSpace(input.space, ctx.actor.id);
    const name = input.key ?? 'new';
    return {
      summary: `Keep "${name}" in ${place}`,
      changes: [{ action: 'update', type: 'memory', name, fields: [{ path: 'mergeStrategy', after: input.mergeStrategy }] }],
      dataLoss: input.mergeStrategy === 'replace' ? 'What the key holds now, with its versions and links' : null,
    };
  },
  async run(ctx: Context, { space: given, key: named, mergeStrategy, versionNote, links, replacesKey, evidence, observedAt, ...wish }) {
    const recall = ctx.provider(Recall);
    const by = { ...(await seerOf(ctx)), name: ctx.actor.name };
    const { row, created } = await storeMemory(
      { db: ctx.db, tenantId: ctx.tenantId, recall },
      { space: ownSpace(given, ctx.actor.id), key: named ?? newId(), wish, strategy: mergeStrategy, versionNote, links, replacesKey, provenance: provenanceOf(ctx, { evidence, observedAt }), by, at: ctx.now() },
    );
    ctx.emit('memory.stored', { memoryId: row.id, version: row.version, created });
    ctx.afterCommit(recall.wake);
    return { ...memoryView(row), created };
  }, // prettier-ignore
});
