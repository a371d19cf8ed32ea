import { execFile } from 'node:child_process';
import { z } from 'zod';
import { Problem } from '#kernel/problem.ts';
import '../../irr/problems.ts';
import type { Registries } from '../../irr/port.ts';
import { MOST_ENTRIES } from '../../irr/rules.ts';
import type { IrrPrefix, IrrSets } from '../../render/irr.ts';

export interface Bgpq4Options {
  /** `host` or `host:port` of an IRRd; no registry is asked without it. */
  host: string | undefined;
  /** Names of registries with commas, in the order of their worth; those of the server when left out. */
  sources: string | undefined;
  command?: string;
  timeoutMs?: number;
}

const TIMEOUT_MS = 120_000;
const MOST_BYTES = 64 * 1024 * 1024;
/** It talks to one host that is named in its arguments, and needs nothing of ours. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };
/** An AS-SET or an AS number: nothing that could be an option, or another query. */
const SET = /^(AS\d{1,10}:)*AS(\d{1,10}|-[A-Z0-9_-]{1,90})(:AS-[A-Z0-9_-]{1,90}|:AS\d{1,10})*$/i;

const Origins = z.object({ irr: z.array(z.int().min(0).max(4_294_967_295)) });
const PREFIX = /^[0-9a-f:.]{2,43}\/\d{1,3}$/;
const Prefixes = z.object({
  irr: z.array(
    z.object({
      prefix: z.string().regex(PREFIX),
      exact: z.boolean(),
      'greater-equal': z.int().min(0).max(128).optional(),
      'less-equal': z.int().min(0).max(128).optional(),
    }),
  ),
});

const said = (error: Error & { killed?: boolean; code?: unknown }, stderr: string): Problem => {
  if (error.code === 'ENOENT') return new Problem('irr-not-configured', 'bgpq4 is not installed.');
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return new Problem('irr-too-large', `The answer is larger than ${MOST_BYTES} bytes.`);
  if (error.killed || error.name === 'AbortError') return new Problem('irr-timeout', 'The registry took longer than two minutes.');
  return new Problem('irr-unavailable', `bgpq4 failed: ${stderr.trim().split('\n').at(-1)?.slice(0, 300) || 'it said nothing'}.`);
};

function entryOf({ prefix, exact, 'greater-equal': ge, 'less-equal': le }: z.output<typeof Prefixes>['irr'][number]): IrrPrefix {
  const length = Number(prefix.slice(prefix.indexOf('/') + 1));
  return { prefix, ge: ge ?? length, le: exact ? length : (le ?? length) };
}

function parsed<T extends z.ZodObject<{ irr: z.ZodArray }>>(shape: T, text: string): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Problem('irr-unavailable', 'What bgpq4 printed is not JSON.');
  }
  const read = shape.safeParse(json);
  if (!read.success) throw new Problem('irr-unavailable', 'What bgpq4 printed is no list of prefixes or numbers.');
  if (read.data.irr.length > MOST_ENTRIES) throw new Problem('irr-too-large', `${read.data.irr.length} entries are more than ${MOST_ENTRIES}.`);
  return read.data;
}

/** Routing registries by `bgpq4`, which follows sets and aggregates prefixes. Its arguments are fixed but for the set, which is checked. */
export function bgpq4({ host, sources, command = 'bgpq4', timeoutMs = TIMEOUT_MS }: Bgpq4Options): Registries {
  const common = ['-h', host ?? '', ...(sources === undefined ? [] : ['-S', sources]), '-j', '-l', 'irr'];
  const run = (how: readonly string[], sets: readonly string[], signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      const options = { maxBuffer: MOST_BYTES, env: ENVIRONMENT, killSignal: 'SIGKILL', signal } as const;
      execFile(command, [...common, ...how, ...sets], options, (error, stdout, stderr) => (error ? reject(said(error, stderr)) : resolve(stdout)));
    });
  return {
    isConfigured: host !== undefined,
    async expand(source, signal): Promise<IrrSets> {
      if (host === undefined) throw new Problem('irr-not-configured', 'SWITCHYARD_IRR_HOST is not set.');
      const set = source.split(' ');
      if (!set.every((one) => SET.test(one))) throw new Problem('irr-unavailable', 'This is neither an AS-SET nor an AS number.');
      // Of all three questions together.
      const end = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
      const origins = parsed(Origins, await run(['-t'], set, end)).irr;
      const v4 = parsed(Prefixes, await run(['-4', '-A', '-R', '24'], set, end)).irr.map(entryOf);
      const v6 = parsed(Prefixes, await run(['-6', '-A', '-R', '48'], set, end)).irr.map(entryOf);
      return { origins, v4, v6 };
    },
  };
}
