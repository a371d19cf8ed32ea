import type { Json } from '../graph.ts';
import type { NodeRun, TaintSource, Wait, Woken } from '../nodes/declare.ts';
import type { ToolCall, ToolOutcome } from '../nodes/tools.ts';
import { misfits } from '../validation/fit.ts';
import { agreement, decidedOn, type Verdict } from './asking.ts';
import type { AskedCall } from './asked.ts';
import { maskedFor, unmasked, withoutSecrets } from './hiding.ts';
import { callsMade } from './limits.ts';
import { grouped } from './request-rules.ts';
import type { AgentConfig } from './settings.ts';
import { told } from './think.ts';
import { search, type Offered } from './tool-rules.ts';
import { HIDDEN, partText, resultAt, resultText, wholeText, type Told, type Turn } from './thoughts.ts';

/** Calls that sleep, by `turn.place`: kept while the agent sleeps with them. */
export type Sleeping = Record<string, { waits: Json; paused: boolean }>;

/** Where the agent stands when it acts. */
export interface Stand {
  run: NodeRun;
  config: AgentConfig;
  offered: readonly Offered[];
  turns: readonly Turn[];
  sleeping: Sleeping;
  woken: Woken | undefined;
  /** The turn was lived through before: nothing of it is told again. */
  isPast: boolean;
}

interface Waiting {
  waits: Wait[];
  /** Nobody but people holds it up. */
  paused: boolean;
}

/** A call that is sound and may be made. */
interface Sound {
  index: number;
  tool: Offered;
  arguments: Json;
  reason: string;
}

const isFields = (value: Json | undefined): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
const plain = (status: Told['status'], text: string): Told => ({ status, text, recordId: null, ms: 0 });

/** What a sensitive tool is called with is for the model alone, and so is what goes into secret fields of an Operation. */
export const shownOf = (run: NodeRun, tool: Offered, given: Json): Json => (tool.sensitive ? HIDDEN : withoutSecrets(run, tool, given));

/** Tools by which the others are found and read; they act on nothing. */
export const FIND_TOOL = 'find_tool';
export const READ_RESULT = 'read_result';

/** What `find_tool` is answered, and what it opens. */
export const found = (offered: readonly Offered[], given: Json): Offered[] =>
  search(offered, isFields(given) ? String(given['query'] ?? '') : String(given));

/** A part of a result that was cut, read from its record: nothing that is large is kept in mind. */
async function readOn({ run, turns }: Stand, given: Json): Promise<Told> {
  const { call = '', offset } = isFields(given) ? given : {};
  const place = String(call);
  const answer = resultAt(turns, place);
  if (!answer) return plain('done', `There is no result "${place}".`);
  const outcome = answer.size === undefined || answer.recordId === null ? undefined : await run.tools.read(answer.recordId);
  const whole = outcome && outcome.status !== 'waits' ? wholeText(valueOf(outcome)) : answer.text;
  return { ...plain('done', partText(whole, place, offset)), ...(answer.sensitive ? { sensitive: true } : {}) };
}

async function builtin(stand: Stand, name: string, given: Json): Promise<Told | undefined> {
  const { offered } = stand;
  if (name === READ_RESULT) return readOn(stand, given);
  if (name !== FIND_TOOL) return undefined;
  const names = found(offered, given).map(({ name: tool, description }) => `${tool}: ${description.split('\n')[0]}`);
  return plain('done', names.length === 0 ? 'No tool fits these words. Try others.' : `You may call these now:\n${names.join('\n')}`);
}

/** The call as it is made; or what is wrong with it, for the model to put right. */
async function sound(stand: Stand, turn: Turn, index: number): Promise<Sound | Told> {
  const { name, arguments: given } = turn.thought.calls[index]!;
  const own = await builtin(stand, name, given);
  if (own) return own;
  const tool = stand.offered.find((one) => one.name === name);
  if (!tool) return plain('invalid', `There is no tool "${name}". Call one of those you were given.`);
  if (!isFields(given)) return plain('invalid', 'The arguments are no JSON object.');
  const { _reason: why, ...fields } = given;
  const faults = misfits(tool.schema, fields).map(({ pointer, message }) => `${pointer || '/'} ${message}`);
  if (faults.length > 0) return plain('invalid', `The arguments do not fit: ${faults.slice(0, 8).join('; ')}. Nothing was done.`);
  if (callsMade(stand.turns) + index >= stand.config.maxToolCalls)
    return plain('invalid', `No more than ${stand.config.maxToolCalls} tools may be called.`);
  return { index, tool, arguments: fields, reason: (typeof why === 'string' && why !== '' ? why : turn.thought.text).slice(0, 1_000) };
}

/** What came from outside so far: before the agent, and by what it has called. */
function taintOf({ run, offered, turns }: Pick<Stand, 'run' | 'offered' | 'turns'>): TaintSource[] {
  const outside = turns.flatMap(({ thought, told: answers }) =>
    thought.calls.flatMap(({ name }, at) => {
      const tool = offered.find((one) => one.name === name);
      return tool?.outside && answers[at]?.recordId ? [{ nodeKey: tool.target.slice(0, 40), kind: tool.kind }] : [];
    }),
  );
  return [...new Map([...run.taint(), ...outside].map((one) => [one.nodeKey, one])).values()];
}

/** Whether people have to agree before it is done (workflows.md 11.2, 11.4). */
function needsAgreement({ risk, memory }: Pick<Offered, 'risk' | 'memory'>, { writeMode, taint }: Pick<AgentConfig, 'writeMode' | 'taint'>, isTainted: boolean): boolean {
  if (risk === 'high') return true;
  if (risk === 'read') return false;
  if (isTainted && taint === 'strict') return true;
  return !memory && writeMode !== 'allow';
} // prettier-ignore

const toolCall = ({ run, config }: Stand, step: number, { index, tool, reason }: Sound, given: Json): ToolCall => {
  const at = { step, index, input: given, shown: withoutSecrets(run, tool, given) };
  if (tool.kind === 'node') return { ...at, tool: { node: tool.target }, timeoutSeconds: config.toolTimeoutSeconds };
  if (tool.kind === 'workflow') return { ...at, tool: { type: 'sub_workflow', name: tool.name, config: { workflow: tool.target } }, timeoutSeconds: config.toolTimeoutSeconds };
  const why = reason === '' ? {} : { reason };
  return { ...at, tool: { type: 'operation', name: tool.target, config: { operation: tool.target, input: given, ...why } }, timeoutSeconds: config.toolTimeoutSeconds };
}; // prettier-ignore

/** Times come back from the record as texts. */
const revived = (waits: Json): Wait[] =>
  (waits as unknown as Wait[]).map((wait) => (wait.kind === 'timer' ? { ...wait, at: new Date(wait.at) } : wait));

function wakes(waits: readonly Wait[], woken: Woken): boolean {
  return waits.some((wait) => {
    if (wait.kind === 'change') return woken.kind === 'change' && woken.changeId === wait.changeId;
    if (wait.kind === 'child') return woken.kind === 'child' && woken.executions.some(({ id }) => wait.executionIds.includes(id));
    return wait.kind === 'timer' && woken.kind === 'timer' && wait.at.getTime() <= Date.now() + 1_000;
  });
}

type Ended = Exclude<ToolOutcome, { status: 'waits' }>;
const valueOf = (outcome: Ended): Json =>
  outcome.status === 'done' ? outcome.output : { error: outcome.fault.type, message: outcome.fault.message };

/** What a tool came to, in words for the model. */
function answered(tool: string, place: string, outcome: Ended): Told {
  const { recordId, durationMs: ms } = outcome;
  const isRefused = outcome.status !== 'done' && ['permission', 'policy'].includes(outcome.fault.class);
  const status = outcome.status === 'done' ? 'done' : isRefused ? 'refused' : 'failed';
  return { status, recordId, ms, ...resultText(tool, place, valueOf(outcome)) };
}

/** Makes a call, goes on with one that was woken, or leaves it asleep. */
async function perform(stand: Stand, step: number, call: Sound, given: Json, note = ''): Promise<Told | Waiting> {
  const { run, sleeping, woken } = stand;
  const place = `${step}.${call.index}`;
  const asked = toolCall(stand, step, call, given);
  const kept = sleeping[place];
  let outcome: ToolOutcome;
  if (kept) {
    const waits = revived(kept.waits);
    if (!woken || !wakes(waits, woken)) return { waits, paused: kept.paused };
    outcome = await run.tools.wake(asked, woken);
  } else {
    if (!stand.isPast)
      told(run, 'agent.tool', { step, index: call.index, tool: call.tool.name, status: 'running', arguments: shownOf(run, call.tool, given) });
    outcome = await run.tools.call(asked);
  }
  delete sleeping[place];
  if (outcome.status === 'waits') {
    sleeping[place] = { waits: outcome.waits as unknown as Json, paused: outcome.paused };
    return { waits: [...outcome.waits], paused: outcome.paused };
  }
  const answer = answered(call.tool.name, place, outcome);
  return { ...answer, text: note + answer.text };
}

/** What it would do, for those who decide; what the Gate refuses already is not asked for. */
async function planned({ run }: Stand, step: number, { index, tool, arguments: given }: Sound): Promise<{ plan: Json } | Told> {
  if (tool.kind !== 'operation') return { plan: null };
  const tag = `plan:${step}.${index}`;
  const made = await run.step(
    tag,
    async () => (await run.call(tool.target, given as Record<string, Json>, { dryRun: true, tag })) as unknown as Json,
  );
  const outcome = made as unknown as Awaited<ReturnType<NodeRun['call']>>;
  if (outcome.status === 'refused') return plain('refused', `${outcome.problem.slug}: ${outcome.problem.detail} Nothing was done.`);
  return { plan: outcome.status === 'planned' ? outcome.plan : null };
}

/** Calls that people decide on together: what they make of them, or what to wait for. */
async function together(stand: Stand, step: number, calls: readonly Sound[]): Promise<Map<number, Told> | Waiting> {
  const answers = new Map<number, Told>();
  const asked: { call: Sound; asks: AskedCall }[] = [];
  for (const call of calls) {
    const made = await planned(stand, step, call);
    if ('status' in made) answers.set(call.index, made);
    else asked.push({ call, asks: { index: call.index, tool: call.tool.name, operation: call.tool.kind === 'operation' ? call.tool.target : null, arguments: maskedFor(stand.run, call.tool, call.arguments), reason: call.reason, risk: call.tool.risk === 'high' ? 'high' : 'write', plan: made.plan, needs: [...call.tool.needs], ...(call.tool.kind === 'operation' ? {} : { schema: call.tool.schema }) } });
  }
  if (asked.length === 0) return answers;
  const request = { step, place: asked[0]!.call.index, calls: asked.map(({ asks }) => asks), taint: taintOf(stand) };
  const decided = await agreement(stand.run, stand.config, request, stand.woken);
  if ('wait' in decided) {
    for (const { call } of asked) told(stand.run, 'agent.tool', { step, index: call.index, tool: call.tool.name, status: 'waiting', arguments: shownOf(stand.run, call.tool, call.arguments) });
    return { waits: [decided.wait], paused: true };
  }
  return carriedOut(stand, step, asked, decided.verdict, answers);
} // prettier-ignore

/** One after the other, as they were agreed to. */
async function carriedOut(stand: Stand, step: number, asked: readonly { call: Sound; asks: AskedCall }[], verdict: Verdict, answers: Map<number, Told>): Promise<Map<number, Told> | Waiting> {
  for (const { call, asks } of asked) {
    const decided = decidedOn(verdict, asks);
    if (!decided.run) {
      answers.set(call.index, plain('refused', decided.text));
      continue;
    }
    const note = decided.isEdited ? `Whoever agreed changed the arguments to ${JSON.stringify(decided.arguments)}.\n` : '';
    const done = await perform(stand, step, call, unmasked(decided.arguments, asks.arguments, call.arguments), note);
    if ('waits' in done) return done;
    answers.set(call.index, done);
  }
  return answers;
} // prettier-ignore

/** At most so many at once. */
async function pooled<T>(items: readonly T[], most: number, act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(Array.from({ length: Math.min(most, left.length) }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  })); // prettier-ignore
}

/** All calls of one turn: what the model is told of each, in its order; or what to wait for. */
export async function actOn(stand: Stand, turn: Turn): Promise<Told[] | Waiting> {
  const { config } = stand;
  const { step } = turn;
  const answers = new Map<number, Told>();
  const calls: Sound[] = [];
  for (const index of turn.thought.calls.keys()) {
    const one = await sound(stand, turn, index);
    if ('status' in one) answers.set(index, one);
    else calls.push(one);
  }
  const isRead = ({ tool }: Sound): boolean => tool.risk === 'read';
  const asleep: Waiting[] = [];
  await pooled(calls.filter(isRead), config.parallelTools, async (call) => {
    const done = await perform(stand, step, call, call.arguments);
    if ('waits' in done) asleep.push(done);
    else answers.set(call.index, done);
  });
  if (asleep.length > 0) return { waits: asleep.flatMap(({ waits }) => waits), paused: asleep.every(({ paused }) => paused) };
  const now: Stand = {
    ...stand,
    turns: [...stand.turns, { ...turn, told: turn.thought.calls.map((_call, at) => answers.get(at) ?? plain('done', '')) }],
  };
  const stopped = await write(
    now,
    step,
    calls.filter((call) => !isRead(call)),
    answers,
  );
  if (stopped) return stopped;
  return turn.thought.calls.map(({ name }, at) => {
    const isSensitive = stand.offered.some((tool) => tool.name === name && tool.sensitive);
    return { ...answers.get(at)!, ...(isSensitive ? { sensitive: true as const } : {}) };
  });
}

/** Whatever changes something, in order; in mode `plan` all that has to be agreed to in one request. */
async function write(stand: Stand, step: number, calls: readonly Sound[], answers: Map<number, Told>): Promise<Waiting | undefined> {
  if (calls.length === 0) return undefined;
  const isTainted = taintOf(stand).length > 0;
  if (isTainted && stand.config.taint === 'warn') stand.run.log('warn', 'The agent has read content from outside, and acts.');
  // Settled once: neither a setting nor a source that is another one meanwhile takes a call out of the hands of those who decide.
  const settled = await stand.run.step(`asked:${step}`, async () => {
    const asked = calls.filter(({ tool }) => needsAgreement(tool, stand.config, isTainted)).map(({ index }) => index);
    return grouped(asked, stand.config.writeMode);
  });
  const groups = settled.map((indexes) => calls.filter(({ index }) => indexes.includes(index)));
  const asked = groups.flat();
  for (const call of calls.filter((one) => !asked.includes(one))) {
    const done = await perform(stand, step, call, call.arguments);
    if ('waits' in done) return done;
    answers.set(call.index, done);
  }
  for (const group of groups) {
    const done = await together(stand, step, group);
    if ('waits' in done) return done;
    for (const [index, one] of done) answers.set(index, one);
  }
  return undefined;
} // prettier-ignore
