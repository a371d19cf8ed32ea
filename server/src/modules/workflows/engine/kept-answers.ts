import { createHash } from 'node:crypto';
import type { Json } from '../graph.ts';
import type { NodeRun, Result } from '../nodes/declare.ts';
import { canonical } from '../nodes/values.ts';
import { scopeOf } from './scope.ts';
import type { Spot, Walk } from './walk.ts';

/** All of one process; answers are small, and who asks a lot keeps a few. */
const MOST = 500;
const LARGEST = 65_536;

type Answer = Extract<Result, { output: Json }>;
/** An answer, or that it hangs on what came in and lies under a key with that. */
type Entry = { until: number } & ({ text: string } | { byInput: true });

const entries = new Map<string, Entry>();

function entryAt(key: string, now: number): Entry | undefined {
  const found = entries.get(key);
  if (found && found.until > now) return found;
  entries.delete(key);
  return undefined;
}

/** The oldest makes room. */
function put(key: string, entry: Entry): void {
  entries.delete(key);
  entries.set(key, entry);
  if (entries.size > MOST) entries.delete(entries.keys().next().value!);
}

const hash = (value: unknown): string => createHash('sha256').update(canonical(value as Json)).digest('base64url'); // prettier-ignore

/** What the settings read beside what was resolved: bare expressions are evaluated by the node itself. */
function readBy(walk: Walk, spot: Spot, input: Json): Record<string, unknown> {
  const { nodes, roots } = spot.node.config!.references;
  const scope = scopeOf(walk, spot, input);
  const all: Record<string, unknown> = { ...scope.extra, ...scope };
  const views = roots.includes('nodes') && nodes.length === 0 ? Object.keys(scope.nodes) : nodes;
  return {
    ...Object.fromEntries(roots.filter((root) => root !== 'nodes' && root !== 'secrets').map((root) => [root, all[root] ?? null])),
    nodes: Object.fromEntries(views.map((key) => [key, [scope.nodes[key]?.status ?? null, scope.nodes[key]?.output ?? null, scope.nodes[key]?.error ?? null]])),
  };
} // prettier-ignore

/**
 * The same question of the same person, or account, in the same tenant: what others may see of it is theirs. Values of secrets are part of
 * it; the key is a hash that leaves this process nowhere.
 */
function keyOf(walk: Walk, spot: Spot, input: Json, config: unknown): string {
  const { type, typeVersion } = spot.node.node;
  const { ip: _, ...principal } = walk.row.principal;
  return hash([walk.row.tenantId, type, typeVersion, principal, walk.workflow.environment, config, readBy(walk, spot, input)]);
}

const secondsOf = ({ node: { effect, node, config } }: Spot): number =>
  effect === 'read' && node.settings?.sensitive !== true && config ? (node.settings?.cacheSeconds ?? 0) : 0;

const isKept = (result: Result): result is Answer => 'output' in result;

/** The run with eyes on whether the node looks at what came in. */
function watched(run: NodeRun): { run: NodeRun; looked: () => boolean } {
  let looked = false;
  const seen = <T>(value: T): T => ((looked = true), value);
  const watching = Object.create(run, {
    input: { get: () => seen(run.input) },
    inputAt: { value: (port: string) => seen(run.inputAt(port)) },
    evaluate: { value: (...asked: Parameters<NodeRun['evaluate']>) => seen(run.evaluate(...asked)) },
  }) as NodeRun;
  return { run: watching, looked: () => looked };
}

/** Answers as before where a read node says for how long that will do (workflows.md 5.3); else asks, and keeps what was answered. */
export function answeredAsBefore(walk: Walk, spot: Spot, run: NodeRun, config: unknown, ask: (run: NodeRun) => Result | Promise<Result>): Result | Promise<Result> {
  const seconds = secondsOf(spot);
  if (seconds === 0) return ask(run);
  const now = Date.now();
  const key = keyOf(walk, spot, run.input, config);
  const withInput = hash([key, run.input]);
  const found = entryAt(key, now);
  const entry = found && 'byInput' in found ? entryAt(withInput, now) : found;
  if (entry && 'text' in entry) {
    run.log('info', 'Answered as before: the same was asked a short while ago.');
    return JSON.parse(entry.text) as Answer;
  }
  const { run: watching, looked } = watched(run);
  return Promise.resolve(ask(watching)).then((result) => {
    const text = isKept(result) ? JSON.stringify(result) : '';
    // A file lies with the execution that it is of.
    if (text === '' || text.length > LARGEST || text.includes('"$file"')) return result;
    const until = Date.now() + seconds * 1_000;
    if (looked()) put(key, { until, byInput: true });
    put(looked() ? withInput : key, { until, text });
    return result;
  });
} // prettier-ignore
