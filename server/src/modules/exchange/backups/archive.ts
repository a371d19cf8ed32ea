import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Problem } from '#kernel/problem.ts';
import type { StateFile } from './port.ts';
import './problems.ts';

/** Without these a controller cannot be put back. */
export const IDENTITY = ['identity.public', 'identity.secret'] as const;
export const TOKEN = 'authtoken.secret';
export const FOLDER = 'controller.d';
export const ARTIFACTS = [...IDENTITY, TOKEN, FOLDER] as const;

/** No path of an archive leads anywhere else. */
const PATH = /^(identity\.public|identity\.secret|authtoken\.secret|controller\.d(\/(?!\.{1,2}(\/|$))[\w.-]+)+)$/;
const NETWORK = /^controller\.d\/network\/([0-9a-f]{16})\.json$/;
const MEMBER = /^controller\.d\/network\/([0-9a-f]{16})\/member\/([0-9a-f]{10})\.json$/;
const MOST_BYTES = 64 * 1_048_576;

/** What is written down of a file when a backup is taken. */
export interface Listed {
  path: string;
  bytes: number;
  sha256: string;
}
/** What a controller is and whom it knows, as its files say it. */
export interface Records {
  nodeId: string;
  /** Members by network. */
  networks: ReadonlyMap<string, ReadonlySet<string>>;
}
export interface Packed {
  archive: string;
  sha256: string;
  bytes: number;
  files: Listed[];
  records: Records;
}

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const corrupt = (why: string): Problem => new Problem('backup-corrupt', `The backup cannot be used: ${why}.`);
const listed = ({ path, content }: StateFile): Listed => ({ path, bytes: content.length, sha256: sha256(content) });

export function isJson(content: Buffer): boolean {
  try {
    const found: unknown = JSON.parse(content.toString('utf8'));
    return typeof found === 'object' && found !== null;
  } catch {
    return false;
  }
}

const textOf = (files: readonly StateFile[], name: string): string => files.find(({ path }) => path === name)?.content.toString('utf8') ?? '';

/** What keeps these from being the files of one controller; undefined when nothing does. */
function faultOf(files: readonly StateFile[], nodeId: string | undefined): string | undefined {
  const missing = [...IDENTITY, TOKEN].find((name) => !files.some(({ path }) => path === name));
  if (missing) return `${missing} is missing`;
  const strange = files.find(({ path }) => !PATH.test(path));
  if (strange) return `${strange.path} is no file of a controller`;
  const broken = files.find(({ path, content }) => path.endsWith('.json') && !isJson(content));
  if (broken) return `${broken.path} does not parse`;
  if (nodeId === undefined) return 'identity.public is no identity';
  return textOf(files, 'identity.secret').startsWith(`${nodeId}:0:`) ? undefined : 'identity.secret is of another node than identity.public';
}

/** Reads every record. Throws what `fault` makes of the first thing that is wrong with them. */
export function recordsOf(files: readonly StateFile[], fault: (why: string) => Problem): Records {
  const nodeId = /^([0-9a-f]{10}):0:/.exec(textOf(files, 'identity.public'))?.[1];
  const why = faultOf(files, nodeId);
  if (why !== undefined || nodeId === undefined) throw fault(why ?? 'it has no identity');
  const networks = new Map<string, Set<string>>();
  const of = (id: string): Set<string> => networks.get(id) ?? networks.set(id, new Set()).get(id)!;
  for (const { path } of files) {
    const [, network] = NETWORK.exec(path) ?? [];
    if (network !== undefined) of(network);
    const [, home, member] = MEMBER.exec(path) ?? [];
    if (member !== undefined) of(home!).add(member);
  }
  return { nodeId, networks };
}

export const membersIn = ({ networks }: Pick<Records, 'networks'>): number => [...networks.values()].reduce((total, { size }) => total + size, 0);

/** One text of all files, and what is written down of them. Throws `backup-failed`. */
export function pack(files: readonly StateFile[]): Packed {
  const failed = (why: string): Problem => new Problem('backup-failed', `The backup failed: ${why}.`);
  const bytes = files.reduce((total, { content }) => total + content.length, 0);
  if (bytes > MOST_BYTES) throw failed('the files of the controller are more than 64 MiB');
  const records = recordsOf(files, failed);
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const text = JSON.stringify(sorted.map(({ path, mode, content }) => ({ path, mode, content: content.toString('base64') })));
  const archive = gzipSync(text).toString('base64');
  return { archive, sha256: sha256(archive), bytes, files: sorted.map(listed), records };
}

interface Entry {
  path: string;
  mode: number;
  content: string;
}
const isEntry = (value: unknown): value is Entry => {
  const { path, mode, content } = (value ?? {}) as Partial<Entry>;
  return typeof path === 'string' && typeof mode === 'number' && typeof content === 'string';
};

function entriesOf(archive: string): StateFile[] {
  try {
    const found: unknown = JSON.parse(gunzipSync(Buffer.from(archive, 'base64'), { maxOutputLength: 4 * MOST_BYTES }).toString('utf8'));
    if (!Array.isArray(found) || !found.every(isEntry)) throw corrupt('it holds something else than files');
    return found.map(({ path, mode, content }) => ({ path, mode: mode & 0o777, content: Buffer.from(content, 'base64') }));
  } catch (error) {
    throw error instanceof Problem ? error : corrupt('it does not unpack');
  }
}

/** The files of an archive, each of them held against what was written down. Throws `backup-corrupt`. */
export function unpack(archive: string, { sha256: digest, files }: { sha256: string | null; files: readonly Listed[] }): { files: StateFile[]; records: Records } {
  if (sha256(archive) !== digest) throw corrupt('its SHA-256 is not the one that was written down');
  const found = entriesOf(archive);
  const same = found.length === files.length && found.every((file) => files.some((known) => known.path === file.path && known.sha256 === sha256(file.content)));
  if (!same) throw corrupt('its files are not those that were written down');
  return { files: found, records: recordsOf(found, corrupt) };
} // prettier-ignore
