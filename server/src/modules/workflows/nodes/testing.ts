import type { Actor } from '#kernel/context.ts';
import { compileConfig, compileExpression, type Scope } from '../expressions/index.ts';
import type { Json } from '../graph.ts';
import { NodeError, type AnyNodeType, type NodeRun, type RawConfig, type Result } from './declare.ts';

const NOBODY: Actor = { kind: 'user', id: 'u', name: 'U', email: null, tenantId: 't', tenantSlug: 't', credentialId: null, permissionCap: null, ip: null }; // prettier-ignore

export const MOMENT = { seed: 'seed', now: new Date('2026-01-02T03:04:05.000Z') };

/** Facts of a scope that tests do not care about. */
export const scopeWith = (more: Partial<Scope> = {}): Scope => ({ input: null, trigger: {}, nodes: {}, vars: {}, execution: {}, workflow: {}, tenant: {}, actor: {}, ...more }); // prettier-ignore

export interface Given {
  input?: Json;
  scope?: Partial<Scope>;
  secrets?: Record<string, string>;
  /** What the engine would hand over besides. */
  run?: Partial<NodeRun>;
}

/** One node without an engine around it; expressions and configuration are the real ones. */
export async function tryNode(type: AnyNodeType, config: RawConfig, { input = null, scope: more = {}, secrets = {}, run: own = {} }: Given = {}): Promise<{ result: Result; logs: { level: string; message: string }[]; shown: RawConfig }> {
  const scope = scopeWith({ input, ...more });
  const logs: { level: string; message: string }[] = [];
  const run = {
    tenantId: 't', workflowId: 'w', executionId: 'e', nodeId: 'n', key: 'node', path: '', attempt: 1, idempotencyKey: 'k', principal: NOBODY, dryRun: false, test: false,
    now: MOMENT.now, signal: new AbortController().signal, input, startedAt: MOMENT.now,
    evaluate: (source: string, extra?: Readonly<Record<string, Json>>) => compileExpression(source).evaluate(scope, MOMENT, extra),
    log: (level: string, message: string) => void logs.push({ level, message }),
    ...own,
  } as NodeRun;
  const { config: resolved, shown } = compileConfig(type, config).resolve(scope, { ...MOMENT, secrets });
  return { result: await type.run!(run, resolved), logs, shown };
} // prettier-ignore

/** Output and port of a result that has one of each. */
export const outputOf = (result: Result): { to: string; output: Json } => {
  if ('output' in result) return { to: result.to ?? 'main', output: result.output };
  throw new Error(`not one output: ${JSON.stringify(result)}`);
};

/** The error that work ends with. */
export async function errorOf(work: Promise<unknown>): Promise<NodeError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof NodeError) return error;
  throw new Error(`no error of a node: ${String(error)}`, { cause: error });
}
