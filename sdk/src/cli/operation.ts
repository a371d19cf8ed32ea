import { writeFileSync } from 'node:fs';
import type { Answer, Api } from './api.ts';
import { callOperation } from './call.ts';
import { EXIT, UsageError } from './exit.ts';
import { readFlags, type Flags } from './flags.ts';
import { exitOf, follow, hasEnded, words, type Change } from './follow.ts';
import { commandHelp } from './help.ts';
import { readInput } from './input.ts';
import { note, print, type Io } from './io.ts';
import { problem, result } from './output.ts';
import type { ProblemBody } from './exit.ts';
import { planText, type Planned } from './plan.ts';
import type { Command, Spec } from './spec.ts';
import { plain, styleOf, type Style } from './style.ts';

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `90s`, `10m` or `2h`; a bare number is seconds. */
export function durationOf(text: string | undefined): number {
  if (text === undefined) return Infinity;
  const [, amount, unit = 's'] = /^(\d{1,7})([smh])?$/.exec(text) ?? [];
  if (amount === undefined) throw new UsageError(`--timeout takes a time such as 90s or 10m, not "${text}"`);
  return Number(amount) * UNITS[unit]!;
}

export function showChange(io: Io, change: Change, json: boolean | undefined): number {
  const style = styleOf(io);
  if (json) print(io, JSON.stringify({ change }, null, 2));
  else {
    const paint = change.state === 'succeeded' ? style.good : hasEnded(change) ? style.bad : style.warn;
    print(io, `${style.bold(change.number)} ${change.operation}: ${paint(words(change.state))}`);
    if (change['problem']) note(io, problem(change['problem'] as ProblemBody, style));
    if (change.state === 'awaiting_approval') note(io, style.quiet(`Someone else has to agree: switchyard changes approve ${change.number}`));
    else if (!hasEnded(change)) note(io, style.quiet(`Follow it: switchyard changes watch ${change.number}`));
  }
  return exitOf(change);
}

async function accepted(io: Io, api: Api, { change }: { change: Change }, { json, wait, timeout }: Flags): Promise<number> {
  if (!wait) return showChange(io, change, json);
  const style = styleOf(io);
  note(io, `${style.bold(change.number)} ${change.operation}`);
  const ended = await follow(io, api, change.id, style, durationOf(timeout)).catch((error: unknown) => {
    if (io.signal.aborted) note(io, `${change.number} goes on without you: switchyard changes watch ${change.number}`);
    throw error;
  });
  return showChange(io, ended, json);
}

function writeFileTo(io: Io, bytes: Uint8Array, output: string | undefined): number {
  if (output === undefined) io.stdout.write(bytes);
  else writeFileSync(output, bytes);
  if (output !== undefined) note(io, `Wrote ${bytes.length} bytes to ${output}.`);
  return EXIT.ok;
}

/** A Change with its plan as people read plans; undefined for anything else. */
function changeText(body: unknown, style: Style): string | undefined {
  const { plan, risk, number, actions: _actions, ...facts } = (body ?? {}) as Record<string, unknown>;
  if (typeof number !== 'string' || plan === null || typeof plan !== 'object' || !('changes' in plan)) return undefined;
  return `${result({ number, risk, ...facts }, style)}\n\n${planText({ plan, risk, requirements: null } as unknown as Planned, style)}`;
}

function show(io: Io, answer: Answer, { json, dryRun, output }: Flags): number {
  const style = styleOf(io);
  if (answer.headers.has('content-disposition')) return writeFileTo(io, answer.bytes, output);
  if (json) print(io, JSON.stringify(answer.body ?? null, null, 2));
  else if (dryRun && (answer.body as Partial<Planned>).plan) print(io, planText(answer.body as Planned, style));
  else print(io, changeText(answer.body, style) ?? result(answer.body, style));
  const change = answer.headers.get('x-switchyard-change');
  if (change && !json && !dryRun) note(io, style.quiet(`Done as ${change}.`));
  return EXIT.ok;
}

/** What rules say of a call that they let pass; each is percent-encoded, because header values carry no UTF-8. */
const warningsOf = ({ headers }: Answer): string[] => headers.get('x-switchyard-warnings')?.split(', ').map(decodeURIComponent) ?? [];

/** One operation of the server as a command. */
export async function runOperation(io: Io, api: (flags: Flags) => Api, spec: Spec, command: Command, args: readonly string[]): Promise<number> {
  const read = readFlags(command, spec, args);
  if (read.flags.help) {
    print(io, commandHelp(command, spec, styleOf(io)));
    return EXIT.ok;
  }
  durationOf(read.flags.timeout);
  const input = await readInput(io, command, spec, read);
  const connection = api(read.flags);
  const answer = await callOperation(connection, command, input, read.flags);
  for (const warning of warningsOf(answer)) note(io, styleOf(io).warn(`! ${plain(warning)}`));
  // A 202 without a Change is an answer like any other: the rest comes by mail.
  return answer.status === 202 && command.change
    ? accepted(io, connection, answer.body as { change: Change }, read.flags)
    : show(io, answer, read.flags);
}
