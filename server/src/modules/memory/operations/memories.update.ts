import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Recall } from '#kernel/recall/port.ts';
import { findMemory, memoryTarget } from '../find.ts';
import { conflictOf, mergedOf, type Kept, type Wish } from '../rules.ts';
import { Memory, memoryFields } from '../schemas.ts';
import { rewrite } from '../store.ts';
import type { MemoryRow } from '../tables.ts';
import { memoryView } from '../view.ts';
import { keptOf, opened } from '../write.ts';

const { type, content, title, summary, tags, sensitivity, importance, confidence, expires, accessLabels, metadata } = memoryFields;
const Edit = z.object({
  content, type, title: title.nullable(), summary: summary.nullable(), tags, sensitivity, importance, confidence, expires, accessLabels, metadata,
}).partial(); // prettier-ignore
/** What a plan shows; the content is in none. */
const SHOWN = ['type', 'title', 'tags', 'sensitivity', 'importance', 'confidence', 'accessLabels'] as const;

function requireEdit(row: MemoryRow, edit: z.output<typeof Edit>): void {
  const why = conflictOf(row, { content: '', sensitivity: edit.sensitivity }, 'upsert');
  if (why !== null) throw new Problem('memory-conflict', `The sensitivity cannot become that: ${why}.`, { errors: [{ pointer: '/sensitivity', message: why }] }); // prettier-ignore
}
const edited = (before: Kept, { content: next = before.content, ...edit }: z.output<typeof Edit>, at: Date): Kept =>
  mergedOf(before, { ...edit, content: next } satisfies Wish, 'upsert', at);

export const memoriesUpdate = defineOperation({
  name: 'memories.update',
  summary: 'Change a memory',
  description: 'What is left out stays. To keep the former content as a version, store it again with `memories.create` and the strategy `version`.',
  permission: 'memory:write',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Memory' }), ...Edit.shape }),
  output: Memory,
  targets: async (ctx, { id }) => [memoryTarget(await findMemory(ctx, id))],
  async plan(ctx, { id, ...edit }) {
    const row = await findMemory(ctx, id);
    requireEdit(row, edit);
    const fields = SHOWN.flatMap((path) => (edit[path] === undefined ? [] : [{ path, before: row[path], after: edit[path] }]));
    const hidden = (['content', 'summary', 'metadata'] as const).filter((path) => edit[path] !== undefined).map((path) => ({ path }));
    return {
      summary: `Change the memory "${row.key}" of ${row.space}`,
      changes: [{ action: 'update', type: 'memory', id, name: row.key, fields: [...fields, ...hidden] }],
      observed: { [`memory ${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id, ...edit }) {
    const row = await findMemory(ctx, id, true);
    requireEdit(row, edit);
    const recall = ctx.provider(Recall);
    const place = { db: ctx.db, tenantId: ctx.tenantId, recall };
    const next = edited(keptOf(row, await opened(recall.sealer, place, 'memories', row)), edit, ctx.now());
    const kept = await rewrite(place, row, next, { at: ctx.now() });
    ctx.emit('memory.stored', { memoryId: id, version: kept.version, created: false });
    ctx.afterCommit(recall.wake);
    return memoryView(kept);
  },
});
