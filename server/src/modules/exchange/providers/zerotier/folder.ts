import { execFile } from 'node:child_process';
import { chown, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '#kernel/problem.ts';
import { ARTIFACTS, FOLDER, isJson, TOKEN } from '../../backups/archive.ts';
import { MARK, type StateFile, type StateFolder, type StateFolders } from '../../backups/port.ts';

export interface FolderOptions {
  /** `ZT_CONTROLLER_URL`: whose folder it is. */
  ownUrl: string | undefined;
  /** `ZT_STATE_DIR`. */
  folder: string | undefined;
  /** `ZT_STOP_COMMAND` and `ZT_START_COMMAND`. */
  stop: string | undefined;
  start: string | undefined;
  pause?: (ms: number) => Promise<unknown>;
}

const ROUNDS = 3;
const APART_MS = 50;
const COMMAND_MS = 60_000;
const failed = (why: string): Problem => new Problem('backup-failed', `The backup failed: ${why}.`);
const notRestored = (why: string): Problem => new Problem('restore-failed', `${why}.`);
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';
const absent = (error: unknown): undefined => {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
};
const isThere = async (path: string): Promise<boolean> => (await lstat(path).catch(absent)) !== undefined;

/** Regular files below a folder; whatever else is there is no part of a controller. */
async function namesBelow(root: string, path: string): Promise<string[]> {
  const found = await readdir(join(root, path), { withFileTypes: true });
  const below = await Promise.all(
    found.map(async (entry) => {
      const name = `${path}/${entry.name}`;
      if (entry.isDirectory()) return namesBelow(root, name);
      if (!entry.isFile()) throw failed(`${name} is neither a file nor a folder`);
      return [name];
    }),
  );
  return below.flat();
}

/** The controller runs on and writes: a file counts once two reads agree and it parses. Undefined when it is gone. */
async function settled(root: string, path: string, pause: (ms: number) => Promise<unknown>): Promise<StateFile | undefined> {
  const full = join(root, path);
  for (let round = 0; round < ROUNDS; round += 1) {
    const [first, second] = [await readFile(full).catch(absent), await readFile(full).catch(absent)];
    if (!first && !second) return undefined;
    if (first && second && first.equals(second) && (!path.endsWith('.json') || isJson(first)))
      return { path, mode: (await lstat(full)).mode & 0o777, content: first };
    await pause(APART_MS);
  }
  throw failed(`${path} changed each time it was read, or does not parse`);
}

async function readAll(root: string, pause: (ms: number) => Promise<unknown>): Promise<StateFile[]> {
  try {
    const names = [...ARTIFACTS.filter((name) => name !== FOLDER), ...(await namesBelow(root, FOLDER))];
    const found: StateFile[] = [];
    for (const name of names) {
      const file = await settled(root, name, pause);
      if (file) found.push(file);
    }
    return found;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw failed(codeOf(error) === 'ENOENT' ? `${FOLDER} is missing` : `the files of the controller cannot be read (${codeOf(error)})`);
  }
}

/** What is done with the disk; what goes wrong there is a fault of the restore, and names no path outside the folder. */
async function onDisk<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Problem ? error : notRestored(`The folder of the controller could not be written (${codeOf(error)})`);
  }
}

/** As the folder they are put into: the controller need not run as we do. */
async function stageAll(root: string, to: string, files: readonly StateFile[]): Promise<void> {
  const { uid, gid } = await stat(root);
  const isOthers = process.getuid?.() === 0 && (uid !== 0 || gid !== 0);
  const own = async (path: string): Promise<void> => void (isOthers && (await chown(path, uid, gid)));
  const folder = async (path: string): Promise<void> => {
    if (await isThere(path)) return;
    await folder(dirname(path));
    await mkdir(path, { mode: 0o700 });
    await own(path);
  };
  await rm(to, { recursive: true, force: true });
  await folder(join(to, FOLDER));
  // A token that was changed since stays changed: a restore lets nobody in who was shut out.
  const keepsToken = await isThere(join(root, TOKEN));
  for (const { path, mode, content } of files.filter((file) => !keepsToken || file.path !== TOKEN)) {
    const full = join(to, path);
    await folder(dirname(full));
    await writeFile(full, content, { mode });
    await own(full);
    if (!(await readFile(full)).equals(content)) throw notRestored(`${path} reads otherwise than it was written`);
  }
}

/** Each of them on its own, and each at most once, however often it is called. */
async function swapAll(root: string, staged: string, aside: string): Promise<void> {
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const name of ARTIFACTS) {
    const [next, now, before] = [join(staged, name), join(root, name), join(aside, name)];
    if (!(await isThere(next))) continue;
    if ((await isThere(now)) && !(await isThere(before))) await rename(now, before);
    await rename(next, now);
  }
}

async function putBackAll(root: string, staged: string, aside: string): Promise<void> {
  for (const name of ARTIFACTS) {
    const [next, now, before] = [join(staged, name), join(root, name), join(aside, name)];
    if (!(await isThere(before))) continue;
    await mkdir(staged, { recursive: true, mode: 0o700 });
    await rm(next, { recursive: true, force: true });
    if (await isThere(now)) await rename(now, next);
    await rename(before, now);
  }
  await rm(aside, { recursive: true, force: true });
}

/** Keys and addresses of ours are nobody's business out there. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

/** No shell reads it, and nothing of it or of what it prints is shown to a tenant. */
const run = (what: string, command: string | undefined): Promise<void> =>
  new Promise((done, refused) => {
    const [file, ...words] = (command ?? '').split(/\s+/).filter((word) => word !== '');
    if (file === undefined) return refused(new Problem('backup-unavailable', `This installation has no command to ${what} the controller.`));
    execFile(file, words, { timeout: COMMAND_MS, env: ENVIRONMENT }, (error) => (error ? refused(notRestored(`The command to ${what} the controller failed (${error.code ?? error.signal ?? 'unknown'})`)) : done()));
  }); // prettier-ignore

/** The folder of the installation's own controller, on this machine or mounted into it. */
export function stateFolders({ ownUrl, folder: root, stop, start, pause = (ms) => wait(ms) }: FolderOptions): StateFolders {
  if (ownUrl === undefined || root === undefined) return { of: () => null };
  const at = (mark: string, kind: 'restore' | 'pre-restore'): string => {
    if (!MARK.test(mark)) throw new Error('not the mark of a restore');
    return join(root, `${kind === 'restore' ? '.' : ''}${kind}-${mark}`);
  };
  const folder: StateFolder = {
    read: () => readAll(root, pause),
    restores: stop !== undefined && start !== undefined,
    stop: () => run('stop', stop),
    start: () => run('start', start),
    stage: (mark, files) => onDisk(() => stageAll(root, at(mark, 'restore'), files)),
    swap: (mark) => onDisk(() => swapAll(root, at(mark, 'restore'), at(mark, 'pre-restore'))),
    isSwapped: (mark) => onDisk(() => isThere(at(mark, 'pre-restore'))),
    swapBack: (mark) => onDisk(() => putBackAll(root, at(mark, 'restore'), at(mark, 'pre-restore'))),
    discard: (mark) => onDisk(() => rm(at(mark, 'restore'), { recursive: true, force: true })),
  };
  return { of: (baseUrl) => (baseUrl === ownUrl ? folder : null) };
}
