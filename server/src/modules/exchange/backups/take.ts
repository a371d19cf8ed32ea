import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import type { ControllerRow } from '../controllers/tables.ts';
import { TokenSealing, type Outside } from '../controllers/talk.ts';
import { membersIn, pack, type Packed } from './archive.ts';
import type { BackupCause } from './schemas.ts';
import { archivePlace, usableFolder, prune } from './store.ts';
import { backups } from './tables.ts';

async function packed(outside: Outside, controller: ControllerRow): Promise<Packed> {
  const found = pack(await usableFolder(outside, controller).read());
  const { nodeId } = found.records;
  if (nodeId !== controller.nodeId)
    throw new Problem(
      'controller-identity-changed',
      `The files are those of node ${nodeId}, and controller "${controller.name}" is ${controller.nodeId}.`,
    );
  return found;
}

/** What is kept of one that came to nothing: why. */
async function failed(outside: Outside, { id, name, tenantId }: ControllerRow, cause: BackupCause, { slug, message }: Problem): Promise<void> {
  await outside.tx(async ({ db, now, emit, changeId }) => {
    const detail = scrub(message, tenantId).slice(0, 1_000);
    const at = { createdAt: now(), updatedAt: now() };
    await db.insert(backups).values({ tenantId, id: newId(), controllerId: id, cause, status: 'failed', problemCode: slug, detail, changeId, ...at });
    emit('exchange.backup.failed', { id, name, code: slug });
  });
}

/** Reads the files of a controller and keeps them, sealed; or writes down why it could not, and throws. Nothing is kept of half a backup. */
export async function takeBackup(outside: Outside, controller: ControllerRow, cause: BackupCause): Promise<{ id: string }> {
  try {
    const { archive, sha256, bytes, files, records } = await packed(outside, controller);
    const id = newId();
    const counts = { networks: records.networks.size, members: membersIn(records) };
    await outside.tx(async (ctx) => {
      const { db, tenantId, now, changeId } = ctx;
      const sealed = await outside.provider(TokenSealing).seal(db, archivePlace({ tenantId, id }), archive);
      const facts = { controllerId: controller.id, cause, status: 'complete' as const, nodeId: records.nodeId, ...counts, bytes, sha256, files };
      await db.insert(backups).values({ tenantId, id, ...facts, archive: sealed, changeId, createdAt: now(), updatedAt: now() });
      await prune(ctx, controller);
      ctx.emit('exchange.backup.taken', { id: controller.id, name: controller.name, backupId: id, ...counts });
    });
    return { id };
  } catch (error) {
    if (error instanceof Problem && error.slug !== 'dependency-unavailable') await failed(outside, controller, cause, error);
    throw error;
  }
}
