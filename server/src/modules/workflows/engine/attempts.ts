import type { Json } from '../graph.ts';
import { NodeError, type NodeRun, type Result, type Woken } from '../nodes/declare.ts';
import { agreed, askedFor, askFirst, isAgreed, isHeld, marksOf } from './agreement.ts';
import { asJson, askedSeconds, faultOf, isUnexpected } from './faults.ts';
import { idempotencyKey } from './keys.ts';
import { answeredAsBefore } from './kept-answers.ts';
import { cancelSpot } from './loops.ts';
import { inMemory, laidOf, lay, lineUp } from './pauses.ts';
import { keptOf } from './rerun.ts';
import { delayAfter, DURABLE_MS, isTriedAgain } from './retry.ts';
import { scopeOf, seedOf } from './scope.ts';
import { complete, failed, incomingOf, recordOf, say, touch } from './settle.ts';
import { isShort } from './looks.ts';
import { withinAttempt } from './traces.ts';
import type { Turn, Turns } from './turns.ts';
import type { Rec, Spot, Walk } from './walk.ts';

/** What attempts need of the process. */
export interface AttemptDeps {
  /** What a node is given in hand. */
  runOf: (walk: Walk, spot: Spot, now: Date, input: Json) => NodeRun;
  /** Values of secrets by name; logged, and masked from then on. */
  secrets: (walk: Walk, spot: Spot, names: readonly string[]) => Promise<Record<string, string>>;
  /** Turns at secrets that only so many may use at the same time. */
  turns: Turns;
  crashPoint: (name: string) => void;
  onError: (error: Error) => void;
  /** What a record answered whose output is not in mind. */
  outputOf: (rec: Rec) => Promise<Json>;
}

type Config = Record<string, unknown>;

function parsed({ node }: Spot, config: Config): Config {
  const found = node.type.config.safeParse(config);
  if (found.success) return found.data as Config;
  const [issue] = found.error.issues;
  throw new NodeError('config-invalid', 'config', `The settings of "${node.key}" are not valid at ${(issue?.path ?? []).join('.') || 'the top'}: ${issue?.message ?? ''}`); // prettier-ignore
}

/** The settings as people are shown them. */
const shownOf = (walk: Walk, spot: Spot, input: Json, now: Date, secrets: Record<string, string>): Json =>
  spot.node.config!.resolve(scopeOf(walk, spot, input), { seed: seedOf(walk, spot), now, secrets }).shown;

/** The settings with their expressions resolved; what never changes is made once for all executions of the version. */
function configOf(walk: Walk, spot: Spot, input: Json, now: Date, secrets: Record<string, string>): Config {
  const { node } = spot;
  if (node.constant) return node.constant;
  const resolved = node.config!.resolve(scopeOf(walk, spot, input), { seed: seedOf(walk, spot), now, secrets });
  const config = parsed(spot, resolved.config);
  if (node.config!.constant) node.constant = config;
  return config;
}

const isOutside = ({ row }: Walk, { node }: Spot): boolean => node.effect === 'effect' && !row.dryRun && node.node.type !== 'respond';

/** What is done instead in a dry run; reads and pure nodes run for real. */
async function simulated(walk: Walk, spot: Spot, run: NodeRun, config: Config): Promise<Result> {
  const { to, output, would } = await spot.node.type.simulate!(run, config);
  touch(walk, spot, { would });
  return { output, ...(to === undefined ? {} : { to }) };
}

const PLAIN: ReadonlySet<unknown> = new Set([undefined, 'manual', 'workflow', 'operation']);
/** What a trigger hands on: the inputs, or the whole call, event or time that began it. */
const cameIn = ({ row, base }: Walk, { node }: Spot): Json => (PLAIN.has(node.node.config['mode']) ? (row.inputs?.['body'] ?? null) : base.trigger);

function act(walk: Walk, spot: Spot, run: NodeRun, config: Config): Result | Promise<Result> {
  const { type, effect } = spot.node;
  if (walk.row.dryRun && type.simulate && (effect === 'effect' || effect === 'wait')) return simulated(walk, spot, run, config);
  if (type.control === 'trigger') return { output: cameIn(walk, spot) };
  if (!type.run) return { output: run.input };
  return answeredAsBefore(walk, spot, run, config, (asking) => withinAttempt(walk, spot, () => type.run!(asking, config)));
}

/** Begins an attempt, once it has its turn at what only so many may use at the same time. */
export function begin(walk: Walk, deps: AttemptDeps, spot: Spot): void {
  const { secrets } = spot.node.config!.references;
  if (secrets.length > 0)
    lineUp(walk, deps.turns, spot, secrets, {
      go: (turn) => guarded(walk, spot, () => tryAt(walk, deps, spot, turn)),
      failed: (error) => attemptFailed(walk, spot, error),
    });
  else tryAt(walk, deps, spot);
}

async function handingBack(spot: Spot, turn: Turn, going: () => Promise<Result>): Promise<Result> {
  try {
    return await going();
  } finally {
    spot.turns = [];
    await turn.giveBack();
  }
}

/** What is computed here and now is done when this returns; the rest is followed. */
function tryAt(walk: Walk, deps: AttemptDeps, spot: Spot, turn?: Turn): void {
  const { node } = spot;
  const { input } = incomingOf(spot);
  const key = isOutside(walk, spot) ? { idempotencyKey: idempotencyKey(walk.row.id, node.id, spot.frame.path, spot.round) } : {};
  const { startedAt: now } = recordOf(walk, spot, { input, startedAt: new Date(), ...key }) as { startedAt: Date };
  Object.assign(spot, { status: 'running', turns: turn?.ids ?? [], lined: 0, abort: new AbortController() });
  try {
    const { secrets } = node.config!.references;
    if (secrets.length === 0 && !isOutside(walk, spot)) {
      const result = act(walk, spot, deps.runOf(walk, spot, now, input), configOf(walk, spot, input, now, {}));
      return result instanceof Promise ? follow(walk, spot, result) : outcome(walk, spot, result);
    }
    const going = async (): Promise<Result> => {
      const values = secrets.length > 0 ? await deps.secrets(walk, spot, secrets) : {};
      const config = configOf(walk, spot, input, now, values);
      const shown = isHeld(walk, spot) ? shownOf(walk, spot, input, now, values) : undefined;
      if (shown && !isAgreed(spot, marksOf(shown))) return askFirst(spot, deps.runOf(walk, spot, now, input), config, shown);
      if (isOutside(walk, spot)) {
        deps.crashPoint(`${node.key}:before-intent`);
        await walk.save();
        deps.crashPoint(`${node.key}:after-intent`);
      }
      const result = await act(walk, spot, deps.runOf(walk, spot, now, input), config);
      if (isOutside(walk, spot)) deps.crashPoint(`${node.key}:after-effect`);
      return result;
    };
    // Given back when it has let go, which may be later than when it is waited for.
    follow(walk, spot, turn ? handingBack(spot, turn, going) : going());
  } catch (error) {
    attemptFailed(walk, spot, error, deps.onError);
  }
}

/** Waits for what a node does, for as long as it may take; what comes when nobody waits any more is dropped. */
function follow(walk: Walk, spot: Spot, going: Promise<Result>, onError?: (error: Error) => void): void {
  const { abort, attempt, node } = spot;
  walk.active.add(spot);
  if (node.effect !== 'pure') say(walk, 'node.started', spot, { recordId: spot.rec!.id });
  let late: NodeJS.Timeout | undefined;
  const seconds = node.timeoutSeconds;
  const bounded = seconds === undefined ? going : Promise.race([going, new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => {
      const fault = new NodeError('node-timeout', 'timeout', `"${node.key}" took longer than the ${seconds} seconds it may take.`);
      abort?.abort(fault);
      reject(fault);
    }, seconds * 1_000);
  })]); // prettier-ignore
  const arrive = (then: () => void): void => {
    clearTimeout(late);
    if (walk.over || spot.settled || spot.attempt !== attempt || spot.abort !== abort) return;
    walk.active.delete(spot);
    walk.queue.push(then);
    walk.wake();
  };
  bounded.then(
    (result) => arrive(() => guarded(walk, spot, () => outcome(walk, spot, result))),
    (error: unknown) => arrive(() => attemptFailed(walk, spot, error, onError)),
  );
}

function guarded(walk: Walk, spot: Spot, step: () => void): void {
  try {
    step();
  } catch (error) {
    attemptFailed(walk, spot, error);
  }
}

/** Waits that woke it are done with. */
export function closeSpent(walk: Walk, spot: Spot): void {
  walk.out.closed.push(...spot.spent);
  spot.spent = [];
}

/** What a node came to. */
export function outcome(walk: Walk, spot: Spot, result: Result): void {
  closeSpent(walk, spot);
  if ('waits' in result) return sleep(walk, spot, result);
  if ('outputs' in result) return complete(walk, spot, new Map(Object.entries(result.outputs)));
  if ('output' in result) return complete(walk, spot, new Map([[result.to ?? 'main', result.output]]));
  walk.active.add(spot);
  walk.out.commits.push({ spot, act: result.commit });
  void walk.save();
}

/** Tried again by its policy, or failed for good. */
export function attemptFailed(walk: Walk, spot: Spot, error: unknown, onError = walk.onError): void {
  if (spot.settled) return;
  if (spot.called) return spot.called.failed(error);
  closeSpent(walk, spot);
  if (walk.stopping) return cancelSpot(walk, spot, walk.stopping.fault.message);
  if (isUnexpected(error)) onError(error as Error);
  again(walk, spot, error);
}

function again(walk: Walk, spot: Spot, error: unknown): void {
  const fault = faultOf(error);
  const { node, attempt } = spot;
  const tries = attempt - spot.before;
  if (!isTriedAgain(fault, { policy: node.retry, idempotent: node.idempotent, attempt: tries })) return failed(walk, spot, fault);
  const delayMs = delayAfter(node.retry, tries, Math.random(), askedSeconds(error));
  const now = new Date();
  touch(walk, spot, { status: 'failed', error: { ...fault, attempt }, endedAt: now, durationMs: now.getTime() - (spot.rec?.startedAt ?? now).getTime() });
  say(walk, 'node.retrying', spot, { error: asJson(fault), delayMs });
  const kept = keptOf(node, spot.rec);
  spot.attempt += 1;
  spot.rec = undefined;
  pause(walk, spot, delayMs, kept);
} // prettier-ignore

function pause(walk: Walk, spot: Spot, delayMs: number, kept: Pick<Rec, 'steps' | 'tokens' | 'cost'>): void {
  spot.status = 'retrying';
  recordOf(walk, spot, { status: 'retrying', ...kept });
  if (delayMs >= DURABLE_MS) return lay(walk, spot, [{ kind: 'retry', dueAt: new Date(Date.now() + delayMs) }]);
  inMemory(walk, spot, delayMs, () => {
    spot.status = 'idle';
    walk.begin(spot);
  });
}

function sleep(walk: Walk, spot: Spot, { waits, state, paused = false }: Extract<Result, { waits: unknown }>): void {
  const now = Date.now();
  const kept = state === undefined ? {} : { state };
  if (isShort(waits, now)) {
    if (spot.rec) Object.assign(spot.rec, kept);
    const at = Math.min(...waits.map((wait) => (wait.kind === 'timer' ? wait.at.getTime() : now)));
    return inMemory(walk, spot, at - now, () => resumeAt(walk, spot, { woken: { kind: 'timer' } }));
  }
  const person = paused || waits.some((wait) => wait.kind === 'input' && wait.paused === true);
  const changeId = waits.find((wait) => wait.kind === 'change')?.changeId;
  touch(walk, spot, { status: person ? 'paused' : 'waiting', ...kept, ...(changeId ? { changeId } : {}) });
  spot.status = person ? 'paused' : 'waiting';
  lay(walk, spot, waits.map((wait) => laidOf(wait, paused))); // prettier-ignore
  say(walk, person ? 'input.requested' : 'node.waiting', spot, { recordId: spot.rec!.id, waits: spot.waits.map(({ id, kind }) => ({ id, kind })) });
}

/** Goes on after a wait: with what woke it, or with the output that a person says it had. */
export function resumeAt(walk: Walk, spot: Spot, by: { woken: Woken } | { output: Json }): void {
  spot.status = 'running';
  spot.abort = new AbortController();
  if ('output' in by) return complete(walk, spot, new Map([['main', by.output]]));
  walk.resume(spot, by.woken);
}

/** People have decided: it acts now, as it would have at first. */
function goOnAgreed(walk: Walk, deps: AttemptDeps, spot: Spot, mark: string, woken: Woken): void {
  say(walk, 'approval.decided', spot, { decision: woken.kind === 'change' ? woken.state : woken.kind });
  touch(walk, spot, agreed(spot, mark, woken));
  closeSpent(walk, spot);
  begin(walk, deps, spot);
}

/** The same settings as before the wait, in the scope as it was. */
export function resume(walk: Walk, deps: AttemptDeps, spot: Spot, woken: Woken): void {
  const { node } = spot;
  const asked = askedFor(walk, spot);
  if (asked) return guarded(walk, spot, () => goOnAgreed(walk, deps, spot, asked.mark, woken));
  const { input } = incomingOf(spot);
  const now = spot.rec?.startedAt ?? new Date();
  const going = async (): Promise<Result> => {
    const { secrets } = node.config!.references;
    const turn = secrets.length > 0 ? await deps.turns.soon(walk, spot, secrets) : undefined;
    try {
      const config = configOf(walk, spot, input, now, secrets.length > 0 ? await deps.secrets(walk, spot, secrets) : {});
      const run = deps.runOf(walk, spot, now, input);
      return node.type.resume
        ? await withinAttempt(walk, spot, () => node.type.resume!(run, config, woken, spot.rec?.state ?? null))
        : { output: input };
    } finally {
      await turn?.giveBack();
    }
  };
  follow(walk, spot, going(), deps.onError);
}
