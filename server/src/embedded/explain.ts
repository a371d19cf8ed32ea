import { StartError } from './start-error.ts';

const KNOWN: readonly (readonly [RegExp, string, string])[] = [
  [
    /No space left on device|Disk quota exceeded/i,
    'there is no disk space left',
    'Free at least 500 MB where the database lies, then start again; nothing that was confirmed is lost.',
  ],
  [/Read-only file system/i, 'the disk is mounted read-only', 'Make the folder writable, then start again.'],
  [
    /could not create shared memory|Cannot allocate memory|could not map anonymous shared memory/i,
    'there is too little memory',
    'Free about 300 MB of memory, then start again.',
  ],
  [
    /Permission denied|has wrong ownership|has invalid permissions/i,
    'its files may not be read by the account that runs it',
    'Start as the user who started it before.',
  ],
  [/could not locate a valid checkpoint record|invalid checkpoint record/i, 'its files are damaged', 'Restore `.switchyard/` from a backup.'],
];

/** What PostgreSQL printed, as one line: the reason we know a remedy for, else its own last FATAL, PANIC or error line. */
export function explainOutput(output: string, what: string): StartError {
  for (const [pattern, reason, remedy] of KNOWN) {
    if (pattern.test(output)) return new StartError(`${what}: ${reason}.`, remedy);
  }
  const lines = output.split('\n').filter((line) => /\b(FATAL|PANIC|error):/i.test(line));
  const last = (lines.at(-1) ?? output.trim().split('\n').at(-1) ?? '').replace(/^.*?\b(FATAL|PANIC|initdb: error|error):\s*/i, '');
  return new StartError(
    `${what}: ${last || 'it ended without a word'}.`,
    'The log file beside the cluster (postgresql.log) says more; or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}
