import assert from 'node:assert/strict';
import { closeSync, openSync, readSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { searchDatabase } from './canary-database.ts';
import { watch, type Canary } from './canary.ts';
import type { Login } from './product.ts';

interface Place {
  url: string;
  home: string;
}

const call = async ({ url }: Place, { apiKey }: Login, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/**
 * Stores a secret whose value must be seen nowhere, replaces it, has both values handed out, and says the value where it does not
 * belong. Answers the secret's id.
 */
export async function plantCanary(place: Place, owner: Login): Promise<string> {
  const [first, second] = [watch.add(), watch.add()];
  const made = await call(place, owner, 'POST', '/secrets', { name: 'WATCHED_VALUE', value: first.value });
  const text = await made.text();
  assert.equal(made.status, 201, text);
  watch.look('answer to secrets.create', text);
  const { id } = JSON.parse(text) as { id: string };
  await requireInjected(place, owner, first);
  const rotated = await call(place, owner, 'POST', `/secrets/${id}/rotate`, { value: second.value });
  watch.look('answer to secrets.rotate', await rotated.text());
  await requireInjected(place, owner, second);
  const wrong = await call(place, owner, 'POST', '/secrets', { name: second.value, value: first.value, description: second.value });
  watch.look('refusal of a value in the place of a name', await wrong.text());
  return id;
}

/** The value is stored indeed, and comes out where it may; else a search for it would prove nothing. */
async function requireInjected(place: Place, owner: Login, { value }: Canary): Promise<void> {
  const answer = (await (await call(place, owner, 'POST', '/secrets/inject', { names: ['WATCHED_VALUE'] })).json()) as {
    values: Record<string, string>;
  };
  assert.equal(answer.values['WATCHED_VALUE'], value);
}

const OPENAPI = new URL('../../sdk/openapi.json', import.meta.url);

/** Asks every question that takes no arguments. */
async function searchAnswers(place: Place, owner: Login, id: string): Promise<void> {
  const { paths } = JSON.parse(await readFile(OPENAPI, 'utf8')) as { paths: Record<string, Record<string, { operationId: string }>> };
  const plain = Object.entries(paths).filter(([path, methods]) => methods['get'] && !path.includes('{') && !path.endsWith('/events'));
  const all = [...plain.map(([path]) => path.replace('/api/v1', '')), ...['', '/versions', '/access-log'].map((rest) => `/secrets/${id}${rest}`)];
  for (const path of all) {
    const answer = await fetch(`${place.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${owner.apiKey}` }, redirect: 'manual', signal: AbortSignal.timeout(60_000) });
    watch.look(`answer to GET ${path}`, new Uint8Array(await answer.arrayBuffer()));
  }
} // prettier-ignore

/** Longer than any form of a canary: so much of a part is looked at again with the next one. */
const OVERLAP = 128;
/** One for all files: a new one for each of some three thousand small files kept the collector busier than the search did the rest. */
const buffer = Buffer.alloc(4 << 20);

/** A file to read; undefined when it is gone by now, and so holds nothing. What cannot be opened for another reason might. */
function opened(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Looks through a file part by part, up to the first sighting. Answers whether there was anything in it. Nothing else waits: at once is cheaper. */
function searchFile(path: string, where: string): boolean {
  const file = opened(path);
  if (file === undefined) return false;
  try {
    let kept = 0;
    for (;;) {
      const bytesRead = readSync(file, buffer, kept, buffer.length - kept, null);
      if (bytesRead === 0) return kept > 0;
      const piece = buffer.subarray(0, kept + bytesRead);
      if (!watch.look(where, piece)) return true;
      kept = buffer.copy(buffer, 0, Math.max(0, piece.length - OVERLAP), piece.length);
    }
  } finally {
    closeSync(file);
  }
}

/** Every file below the product's folder: mails, texts, and the database's own files with its journal. Answers how many held anything. */
async function searchFiles(folder: string): Promise<number> {
  let count = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // Programs of the embedded database are not ours, and the same everywhere.
    if (!entry.isFile() || path.includes('/cache/')) continue;
    if (searchFile(path, `file ${path.slice(folder.length + 1)}`)) count += 1;
  }
  return count;
}

/** While it runs: what it answers and what a backup of it would hold. */
export async function searchRunning(place: Place, owner: Login, id: string, databaseUrl: string | undefined): Promise<void> {
  await searchAnswers(place, owner, id);
  const tables = await searchDatabase(watch, { home: place.home, url: databaseUrl });
  assert.ok(tables > 50, `only ${tables} tables were searched for the canary`);
}

/** When it has ended: what it printed and left. Throws when a canary was seen anywhere. */
export async function searchRemains({ home }: Pick<Place, 'home'>, printed: string): Promise<void> {
  watch.look('what the process printed', printed);
  // The database lies elsewhere when its account cannot enter our folder.
  const elsewhere = (await readFile(join(home, 'postgres', 'where'), 'utf8').catch(() => '')).trim();
  const files = (await searchFiles(home)) + (elsewhere ? await searchFiles(elsewhere) : 0);
  assert.ok(files > 100, `only ${files} files were searched for the canary`);
  assert.deepEqual(watch.sightings, [], 'the value of a secret was seen where none may be');
}
