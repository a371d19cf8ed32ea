import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '#kernel/problem.ts';
import type { SshAnswer, SshLine } from '../providers/ssh/port.ts';
import { HELPER_VERSION } from './helper.ts';
import './problems.ts';

const number = z.int().min(0);
/** What the server says of itself; taken as a claim and held to its shape. */
export const Hello = z.object({
  version: number,
  bird: z.string().max(20).nullable(),
  generation: number.nullable(),
  current: number.nullable(),
  pending: z.boolean(),
  undoIn: number.nullable(),
  writable: z.boolean(),
  freeKb: number.nullable(),
  files: z.record(z.string().max(120), z.string().regex(/^[0-9a-f]{64}$/)),
});
export type Hello = z.output<typeof Hello>;

/** The exit codes of switchyard-rs. */
const CODES: Readonly<Record<number, string>> = {
  64: 'helper-mismatch', 65: 'config-rejected', 66: 'bundle-rejected', 67: 'lock-busy', 68: 'bird-not-running', 69: 'disk-full', 70: 'confirm-expired', 71: 'lock-busy',
}; // prettier-ignore

/** Words of the server as they may be shown: one line after the other, without control characters. */
export const shown = (text: string, most = 1_000): string =>
  text
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
    .slice(0, most);

function judged({ code, stdout, stderr }: SshAnswer, verb: string): string {
  if (code === 0) return stdout;
  const slug = CODES[code] ?? 'helper-mismatch';
  const words = shown(stderr) || `it ended with code ${code}`;
  throw new Problem(slug, `${verb}: ${words}`, slug === 'config-rejected' ? { text: words } : {});
}

function parsed<T>(schema: z.ZodType<T>, text: string, verb: string): T {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    found = undefined;
  }
  const result = schema.safeParse(found);
  if (!result.success) throw new Problem('helper-mismatch', `${verb}: the answer is not one of switchyard-rs.`);
  return result.data;
}

const VERB_MS = 30_000;
const LONG_MS = 90_000;

/** The verbs of switchyard-rs on one connection. */
export function verbsOf(line: SshLine) {
  const say = async (command: string, timeoutMs = VERB_MS, stdin?: Uint8Array, onOut?: (part: string) => boolean): Promise<string> =>
    judged(await line.run(command, { timeoutMs, stdin, onOut }), command.split(' ')[0]!);
  return {
    async hello(): Promise<Hello> {
      const text = await say('hello');
      const { version } = parsed(z.object({ version: number }), text, 'hello');
      if (version !== HELPER_VERSION) throw new Problem('helper-mismatch', `switchyard-rs is of version ${version} there, and ${HELPER_VERSION} is spoken here.`, { have: version, want: HELPER_VERSION });
      return parsed(Hello, text, 'hello');
    },
    stage: (generation: number, bundle: Uint8Array) => say(`stage ${generation} ${createHash('sha256').update(bundle).digest('hex')}`, LONG_MS, bundle),
    check: (generation: number) => say(`check ${generation}`, LONG_MS),
    arm: (generation: number, seconds: number) => say(`arm ${generation} ${seconds}`, LONG_MS),
    status: () => say('status'),
    confirm: (generation: number) => say(`confirm ${generation}`),
    repoint: (generation: number) => say(`repoint ${generation}`),
    undo: async () => parsed(z.object({ before: number.nullable(), loaded: number.nullable() }), await say('undo'), 'undo'),
    /** Where `onOut` is given it takes what comes in, and the answer is empty. */
    show: (query: string, timeoutMs = VERB_MS, onOut?: (part: string) => boolean) => say(`show ${query}`, timeoutMs, undefined, onOut),
    prune: (keep: number) => say(`prune ${keep}`),
  };
} // prettier-ignore
export type Verbs = ReturnType<typeof verbsOf>;
