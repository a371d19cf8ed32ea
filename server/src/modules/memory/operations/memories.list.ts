import { z } from 'zod';
import { and, arrayContains, desc, eq, exists, lt, or, sql, type SQL } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { isUuid } from '#kernel/database.ts';
import { visible } from '../find.ts';
import { linkTarget, spaceOf } from '../rules.ts';
import { Memory, memoryFields } from '../schemas.ts';
import { memories, memoryLinks } from '../tables.ts';
import { memoryView, SHOWN } from '../view.ts';

const Input = z.object({
  space: memoryFields.space.optional(),
  type: memoryFields.type.optional(),
  tag: z.string().trim().min(1).max(50).optional().meta({ title: 'Tag' }),
  sensitivity: memoryFields.sensitivity.optional(),
  importance: memoryFields.importance.optional(),
  q: z.string().trim().min(1).max(200).optional().meta({ title: 'Key or title has' }),
  about: z.string().max(260).optional().meta({ title: 'Linked to', help: 'Id of a memory as memory:<id>, or a thing such as server:<id>' }),
  ...pageInput,
});

/** The newest change first; ties by id. */
function after(cursor: string | undefined): SQL | undefined {
  const place = decodeCursor(cursor, 2);
  if (!place) return undefined;
  const [at, id] = place.map(String) as [string, string];
  if (!isUuid(id) || Number.isNaN(Date.parse(at))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
  const moment = new Date(at);
  return or(lt(memories.updatedAt, moment), and(eq(memories.updatedAt, moment), lt(memories.id, id)));
}

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

export const memoriesList = defineOperation({
  name: 'memories.list',
  summary: 'List what is kept in memory',
  description:
    'What changed last first. Expired memories, what others keep for themselves, and memories whose access labels you do not hold are not in it.',
  permission: 'memory:read',
  risk: 'read',
  input: Input,
  output: pageOf(Memory),
  targets: 'filter',
  async run(ctx, { space, type, tag, sensitivity, importance, q, about, cursor, limit }) {
    const { db, tenantId, actor } = ctx;
    const { toType, toId } = linkTarget(about ?? '');
    const linked = and(eq(memoryLinks.tenantId, tenantId), eq(memoryLinks.memoryId, memories.id), eq(memoryLinks.toType, toType), eq(memoryLinks.toId, toType === 'memory' ? toId.replace(/^memory:/, '') : toId)); // prettier-ignore
    const wanted = and(
      await visible(ctx),
      space === undefined ? undefined : eq(memories.space, spaceOf(space, actor.id)),
      type && eq(memories.type, type),
      tag === undefined ? undefined : arrayContains(memories.tags, [tag]),
      sensitivity && eq(memories.sensitivity, sensitivity),
      importance && eq(memories.importance, importance),
      q === undefined ? undefined : sql`(${memories.key} ilike ${pattern(q)} or ${memories.title} ilike ${pattern(q)})`,
      about === undefined ? undefined : exists(db.select({ id: memoryLinks.id }).from(memoryLinks).where(linked)),
      after(cursor),
    );
    const rows = await db.select(SHOWN).from(memories).where(wanted).orderBy(desc(memories.updatedAt), desc(memories.id)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ updatedAt, id }) => [updatedAt.toISOString(), id], memoryView);
  },
});
