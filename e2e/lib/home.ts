import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { databasePlace } from './canary-database.ts';
import { productIn } from './process.ts';

/** The variable that names the folder which `fillHome` filled. */
export const FILLED = 'E2E_FILLED_HOME';

/** A folder of the product's own, which the account of its database may pass through, so that the whole lies in it and can be copied. */
async function emptyHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'switchyard-e2e-'));
  await chmod(home, 0o711);
  return home;
}

/** A folder as a first start leaves it: the database made and migrated, the demo company founded. It takes longer than many a journey. */
export async function fillHome(): Promise<string> {
  const home = await emptyHome();
  const product = await productIn(home, {});
  try {
    await product.start();
  } catch (error) {
    await removeHome(home);
    throw error;
  } finally {
    await product.stop();
  }
  return home;
}

/** A folder to start on: a copy of the filled one when there is one, as in a run of all journeys; else empty. */
export async function newHome(): Promise<string> {
  const home = await emptyHome();
  const filled = process.env[FILLED];
  // Its owners and modes as well: a database is refused by its own program when they are not right.
  if (filled) await promisify(execFile)('cp', ['-a', `${filled}/.`, home]);
  return home;
}

export async function removeHome(home: string): Promise<void> {
  await rm(await databasePlace(home), { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
}
