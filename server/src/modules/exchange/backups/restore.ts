import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { preflight } from '../controllers/preflight.ts';
import { findController } from '../controllers/store.ts';
import { controllers, type ControllerRow } from '../controllers/tables.ts';
import { isBeingRestored, openController, tokenInUse } from '../controllers/talk.ts';
import { findBackup, folderOf, openBackup } from './store.ts';
import type { StateFolder } from './port.ts';

/** Longer than any restore takes with its way back; after that the controller is looked at as before. */
const HELD_MS = 40 * 60_000;
const STOP_SECONDS = 60;
const START_SECONDS = 180;
/** A controller that has just been started answers like this for a while. */
const COMING_UP: readonly string[] = ['controller-unreachable', 'controller-database-not-ready', 'controller-upstream-error'];

const at = (ctx: Pick<WorkContext, 'tenantId'>, id: string) => and(eq(controllers.tenantId, ctx.tenantId), eq(controllers.id, id));
/** Names what is put aside, by when it was and by which Change: `20261121T225000Z-0123456789ab`. */
const markOf = ({ now, changeId }: Pick<Work, 'now' | 'changeId'>): string =>
  `${now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '')}-${changeId.slice(-12)}`;

/** From here on nothing else is written to the controller. Throws when another Change is at it. */
export async function hold(ctx: Pick<WorkContext, 'db' | 'tenantId' | 'now'>, id: string, changeId: string): Promise<void> {
  const row = await findController(ctx, id, true);
  const now = ctx.now();
  if (isBeingRestored(row, now) && row.restoringChange !== changeId)
    throw new Problem('restore-running', `Controller "${row.name}" is being restored by another Change.`);
  const held = { state: 'restoring' as const, restoringUntil: new Date(now.getTime() + HELD_MS), restoringChange: changeId, updatedAt: now };
  await ctx.db.update(controllers).set(held).where(at(ctx, id));
}

/** What its preflight says counts again, also when it is bad. */
const letGo = (work: Work, id: string): Promise<unknown> =>
  work.tx((ctx) => ctx.db.update(controllers).set({ restoringUntil: null, restoringChange: null }).where(at(ctx, id)));

async function answers(work: Work, controller: ControllerRow): Promise<boolean> {
  try {
    await openController(work, controller, await tokenInUse(work, controller)).probe();
    return true;
  } catch (error) {
    if (error instanceof Problem) return error.slug !== 'controller-unreachable';
    throw error;
  }
}

/** Its files must not be changed while it runs, so it is not taken at its word. */
const stop = (work: Work, controller: ControllerRow, folder: StateFolder): Promise<object> =>
  work.step('stop', `Stop ${controller.name}`, async () => {
    await folder.stop();
    await work.until('The controller is down', async () => ((await answers(work, controller)) ? undefined : true), { timeoutSeconds: STOP_SECONDS });
    return {};
  });

/** Why it did not pass, once it is there; null when it did. */
async function preflightOf(work: Work, controller: ControllerRow, restores: boolean): Promise<string | null> {
  const { refusal } = await work.until('The controller passes its preflight', async () => {
    const row = await work.tx((ctx) => findController(ctx, controller.id));
    const { problem } = await preflight(work, row, await tokenInUse(work, row), true, restores);
    if (problem && COMING_UP.includes(problem.slug)) return undefined;
    return { refusal: problem && `${problem.slug}: ${problem.message}` };
  }, { everyMs: 1_000, timeoutSeconds: START_SECONDS });
  return refusal;
} // prettier-ignore

/** The controller as it was when the backup was taken. What fails is undone by `putBack`, which the Change calls then. */
export async function restore(work: Work, backupId: string): Promise<ControllerRow> {
  const { backup, controller } = await work.tx((ctx) => findBackup(ctx, backupId));
  const folder = folderOf(work, controller);
  const { mark } = await work.step('mark', 'Check the backup', async () => {
    await work.tx((ctx) => openBackup(ctx, backup));
    return { mark: markOf(work) };
  });
  await work.step('stage', 'Unpack it beside what is in use', async () => {
    const { files } = await work.tx((ctx) => openBackup(ctx, backup));
    await folder.stage(mark, files);
    return {};
  });
  await stop(work, controller, folder);
  await work.step('swap', `Put what is in use aside, as pre-restore-${mark}`, async () => {
    await folder.swap(mark);
    return {};
  });
  await work.step('start', `Start ${controller.name}`, async () => {
    await folder.start();
    return {};
  });
  const { refusal } = await work.step('preflight', `Ask ${controller.name}`, async () => ({ refusal: await preflightOf(work, controller, true) }));
  if (refusal) throw new Problem('restore-failed', `The preflight failed after the restore (${refusal}).`);
  await folder.discard(mark);
  return work.tx(async (ctx) => {
    ctx.emit('exchange.controller.restored', { id: controller.id, name: controller.name, backupId });
    return findController(ctx, controller.id);
  });
}

/** What was there before the restore runs again: after one that failed, and for whoever takes one back that did not. */
export async function putBack(work: Work, backupId: string): Promise<void> {
  const { controller } = await work.tx((ctx) => findBackup(ctx, backupId));
  const folder = folderOf(work, controller);
  const isOurs = controller.restoringChange === work.changeId;
  const mark = (await work.recorded<{ mark: string }>('mark'))?.mark;
  const isSwapped = mark !== undefined && (await folder.isSwapped(mark));
  if (!isOurs && !isSwapped) throw new Problem('restore-failed', 'What was there before the restore is no longer in the folder of the controller.');
  await work.tx((ctx) => hold(ctx, controller.id, work.changeId));
  if (isSwapped) {
    await stop(work, controller, folder);
    await work.step('swap-back', 'Put back what was there before', async () => {
      await folder.swapBack(mark);
      return {};
    });
  }
  if (mark !== undefined) {
    await work.step('start', `Start ${controller.name}`, async () => {
      await folder.start();
      return {};
    });
    await folder.discard(mark);
  }
  await letGo(work, controller.id);
  const refusal = await preflightOf(work, controller, false);
  if (refusal) throw new Problem('restore-failed', `What was there before is back, and its preflight failed (${refusal}).`);
}
