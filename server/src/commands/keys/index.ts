import { parseArgs } from 'node:util';
import { Problem } from '#kernel/problem.ts';
import { withInstallation, type Unlocked } from '../open.ts';
import { reencryptAll } from './reencrypt.ts';
import { rewrapAll } from './rewrap.ts';
import { showStatus } from './status.ts';

const USAGE = `usage: keys status    [--json]
       keys rewrap
       keys reencrypt [--tenant acme] [--no-wait]
       status:    master keys, what each still wraps, and values on their way to a new data key.
       rewrap:    wraps all data keys under the current master key. No value is touched.
       reencrypt: gives every tenant, or the named one, a new data key and moves all of its values to it, beside other work.
`;

export interface KeyOptions {
  tenant?: string | undefined;
  json?: boolean | undefined;
  'no-wait'?: boolean | undefined;
}
export type Say = (line: string) => void;

const VERBS: Readonly<Record<string, (opened: Unlocked, options: KeyOptions, say: Say) => Promise<number>>> = {
  status: showStatus,
  rewrap: rewrapAll,
  reencrypt: reencryptAll,
};

/** One verb on an installation that is open. Answers the exit code; 1 with the reason for what was refused. */
export async function keysVerb(opened: Unlocked, verb: string, options: KeyOptions, say: Say): Promise<number> {
  try {
    return await VERBS[verb]!(opened, options, say);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`switchyard: ${error.message}\n`);
    return 1;
  }
}

function optionsIn(args: string[]): KeyOptions | undefined {
  try {
    const flag = { type: 'boolean' } as const;
    return parseArgs({ args, options: { tenant: { type: 'string' }, json: flag, 'no-wait': flag } }).values;
  } catch {
    return undefined;
  }
}

/** `keys …`: what the operator does about the keys that everything is sealed under, from the server itself. */
export async function keys([verb = '', ...args]: string[]): Promise<number> {
  const options = optionsIn(args);
  if (!options || !Object.hasOwn(VERBS, verb)) {
    process.stderr.write(USAGE);
    return 2;
  }
  return withInstallation((opened) => keysVerb(opened, verb, options, (line) => void process.stdout.write(`${line}\n`)));
}
