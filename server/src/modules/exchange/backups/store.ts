import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, getTableColumns, lt } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import type { Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { SealFault } from '#kernel/seal.ts';
import { boundTo, controllerTarget, type Place } from '../controllers/store.ts';
import { controllers, members, type ControllerRow } from '../controllers/tables.ts';
import { TokenSealing } from '../controllers/talk.ts';
import { unpack, type Records } from './archive.ts';
import { StateFolders, type StateFile, type StateFolder } from './port.ts';
import './problems.ts';
import type { Backup } from './schemas.ts';
import { backups, type BackupRow } from './tables.ts';

/** Where the archive is sealed. */
export const archivePlace = ({ tenantId, id }: Pick<BackupRow, 'tenantId' | 'id'>) => ({
  tenantId,
  table: 'exchange_controller_backups',
  row: id,
  field: 'archive',
});

const { archive: _archive, ...light } = getTableColumns(backups);
export type KnownBackup = Omit<BackupRow, 'archive'>;

/** With the controller that each is of; without their content, which may be large. */
export const joinedBackups = ({ db }: Place) =>
  db
    .select({ backup: light, controller: controllers })
    .from(backups)
    .innerJoin(controllers, and(eq(controllers.tenantId, backups.tenantId), eq(controllers.id, backups.controllerId)));
export interface JoinedBackup {
  backup: KnownBackup;
  controller: ControllerRow;
}

export async function findBackup(place: Place, id: string): Promise<JoinedBackup> {
  const [row] = isUuid(id) ? await joinedBackups(place).where(and(eq(backups.tenantId, place.tenantId), eq(backups.id, id))) : [];
  if (!row) throw new Problem('backup-not-found', `There is no backup "${id.slice(0, 64)}". See exchange.backups.list.`);
  return row;
}
export const backupOf = (ctx: ReadContext, id: string): Promise<JoinedBackup> => ctx.once(`exchange-backup:${id}`, () => findBackup(ctx, id));
export const oneBackup = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [
  controllerTarget((await backupOf(ctx, id)).controller),
];

export const backupView = ({ backup, controller }: JoinedBackup): z.input<typeof Backup> => ({
  id: backup.id,
  controllerId: controller.id,
  controller: controller.name,
  cause: backup.cause,
  status: backup.status,
  nodeId: backup.nodeId,
  networks: backup.networks,
  members: backup.members,
  files: backup.files.length,
  bytes: backup.bytes,
  sha256: backup.sha256,
  problemCode: backup.problemCode,
  detail: backup.detail,
  drill: backup.drill,
  drillDetail: backup.drillDetail,
  drillAt: backup.drillAt?.toISOString() ?? null,
  changeId: backup.changeId,
  createdAt: backup.createdAt.toISOString(),
});

interface Near {
  provider: <T>(port: Port<T>) => T;
}
const unavailable = ({ name }: ControllerRow, why: string): Problem => new Problem('backup-unavailable', `Controller "${name}" ${why}.`);

/** Where a controller keeps its files, once its token was proven. */
export function folderOf({ provider }: Near, controller: ControllerRow): StateFolder {
  const folder = controller.kind === 'self_hosted_controller' ? provider(StateFolders).of(controller.baseUrl) : null;
  if (!folder) throw unavailable(controller, 'keeps its files where this installation cannot read them');
  if (controller.token === null || controller.nodeId === null) throw unavailable(controller, 'has passed no preflight yet');
  return folder;
}

/** The same for whoever begins something: one who was shut out of the controller since has no say in its files. */
export function usableFolder(near: Near, controller: ControllerRow): StateFolder {
  const folder = folderOf(near, controller);
  if (controller.blockedCode === 'controller-auth-failed') throw unavailable(controller, 'refuses the token in use');
  return folder;
}

/** What is in a backup, held against what was written down. Throws `backup-corrupt`. */
export async function openBackup({ db, tenantId, provider }: Place & Near, { id, status, sha256, files }: KnownBackup): Promise<{ files: StateFile[]; records: Records }> {
  const [row] = await db.select({ archive: backups.archive }).from(backups).where(and(eq(backups.tenantId, tenantId), eq(backups.id, id)));
  if (status !== 'complete' || !row?.archive) throw new Problem('backup-corrupt', 'The backup cannot be used: there is nothing in it any more, or never was.');
  const archive = await provider(TokenSealing).open(db, archivePlace({ tenantId, id }), row.archive).catch((error: unknown) => {
    throw error instanceof SealFault ? new Problem('backup-corrupt', 'The backup cannot be used: what was sealed does not open.') : error;
  });
  return unpack(archive, { sha256, files });
} // prettier-ignore

/** What a backup lacks of what is known here, and what it has that is not. */
export interface Difference {
  networks: string[];
  members: string[];
  strangers: number;
}

/** Only what was there when it was taken counts, where that is asked. */
export async function compared(place: Place, controller: ControllerRow, { networks }: Records, asOf?: Date): Promise<Difference> {
  const { db, tenantId } = place;
  const wasThere = ({ createdAt }: { createdAt: Date }): boolean => asOf === undefined || createdAt <= asOf;
  const lacks: Difference = { networks: [], members: [], strangers: 0 };
  const known = new Set<string>();
  for (const { network, fabric } of await boundTo(place, [controller.id])) {
    const there = networks.get(network.networkId);
    if (!there && wasThere(network)) lacks.networks.push(`${network.networkId} of ${fabric.slug}`);
    const ours = await db
      .select()
      .from(members)
      .where(and(eq(members.tenantId, tenantId), eq(members.fabricId, fabric.id)));
    for (const { nodeId } of ours) known.add(`${network.networkId} ${nodeId}`);
    lacks.members.push(...ours.filter((one) => wasThere(one) && !there?.has(one.nodeId)).map(({ nodeId }) => `${nodeId} on ${fabric.slug}`));
  }
  for (const [id, nodes] of networks) lacks.strangers += [...nodes].filter((node) => !known.has(`${id} ${node}`)).length;
  return lacks;
}

/** The newest that is complete. */
export async function newestOf({ db, tenantId }: Place, controllerId: string): Promise<KnownBackup | undefined> {
  const mine = and(eq(backups.tenantId, tenantId), eq(backups.controllerId, controllerId), eq(backups.status, 'complete'));
  const [row] = await db.select(light).from(backups).where(mine).orderBy(desc(backups.id)).limit(1);
  return row;
}

/** The content of all but the newest so many is let go of; that they were taken stays written down. */
export async function prune({ db, tenantId, now }: Place & { now: () => Date }, { id, backupKeep }: Pick<ControllerRow, 'id' | 'backupKeep'>): Promise<void> {
  const mine = and(eq(backups.tenantId, tenantId), eq(backups.controllerId, id), eq(backups.status, 'complete'));
  const [last] = await db.select({ id: backups.id }).from(backups).where(mine).orderBy(desc(backups.id)).offset(backupKeep - 1).limit(1);
  if (!last) return;
  await db.update(backups).set({ status: 'pruned', archive: null, updatedAt: now() }).where(and(mine, lt(backups.id, last.id)));
} // prettier-ignore
