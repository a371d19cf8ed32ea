import type { Line, Result } from '../lib/staging-report.mjs';
import { ApiProblem } from '../../sdk/src/cli/exit.ts';
import { wordsOf } from './installation.ts';

/** What a program cannot see: what it did so far, and what somebody has to look at. */
export class NeedsPerson {
  readonly did: string;
  constructor(did: string) {
    this.did = did;
  }
}

type Work = () => Promise<string | NeedsPerson> | NeedsPerson;
type Outcome = Pick<Line, 'result' | 'did' | 'error'>;

export interface Lines {
  /** Tries one line, unless one that it builds on did not pass. The work answers what was done, and throws what is wrong. */
  line: (name: string, work: Work, needs?: readonly Line[]) => Promise<Line>;
  /** As `line`, also when it was stopped. */
  atLast: (name: string, work: () => Promise<string>) => Promise<Line>;
  all: readonly Line[];
}

const WORDS: Record<Result, string> = { passed: 'passed', failed: 'FAILED', person: 'person', skipped: 'not tried' };

/** Text without the values that must not be told, whoever wrote it. */
export const withoutSecrets =
  (secrets: readonly string[]) =>
  (text: string): string =>
    [...secrets].sort((a, b) => b.length - a.length).reduce((told, secret) => told.replaceAll(secret, '[secret]'), text);

export const wordsOfError = (error: unknown): string =>
  error instanceof ApiProblem ? wordsOf(error.body) : error instanceof Error ? error.message : String(error);

/** Tries lines one after the other and keeps what came of them; once `signal` is aborted, no further one. */
export function createLines(signal: AbortSignal, scrub: (text: string) => string, print: (text: string) => void): Lines {
  const all: Line[] = [];

  async function outcome(work: Work, isStopped: () => boolean): Promise<Outcome> {
    if (isStopped()) return { result: 'skipped', did: 'stopped before it began' };
    try {
      const found = await work();
      return found instanceof NeedsPerson ? { result: 'person', did: found.did } : { result: 'passed', did: found };
    } catch (error) {
      return { result: 'failed', did: '', error: isStopped() ? 'stopped in the midst of it' : wordsOfError(error) };
    }
  }
  async function keep(name: string, trying: () => Promise<Outcome>): Promise<Line> {
    const from = Date.now();
    const { result, did, error } = await trying();
    const seconds = Math.round((Date.now() - from) / 100) / 10;
    const line: Line = { number: all.length + 1, name, result, did: scrub(did), seconds, ...(error === undefined ? {} : { error: scrub(error) }) };
    all.push(line);
    const said = [line.did, line.error].filter(Boolean).join(': ');
    print(
      `  ${String(line.number).padStart(2)}  ${WORDS[result].padEnd(9)}  ${name} (${seconds.toFixed(1)} s)\n${said ? `                 ${said}\n` : ''}`,
    );
    return line;
  }

  return {
    all,
    async line(name, work, needs = []) {
      const missing = needs.find(({ result }) => result !== 'passed');
      if (missing) return keep(name, async () => ({ result: 'skipped', did: `line ${missing.number} did not pass` }));
      return keep(name, () => outcome(work, () => signal.aborted));
    },
    atLast: (name, work) => keep(name, () => outcome(work, () => false)),
  };
}
