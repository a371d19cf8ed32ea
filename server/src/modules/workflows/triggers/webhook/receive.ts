import type { Actor } from '#kernel/context.ts';
import { NO_TENANT } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { compileExpression, parseTemplate, type Scope } from '../../expressions/index.ts';
import type { Json } from '../../graph.ts';
import { NodeError } from '../../nodes/declare.ts';
import type { Accepted, Answer, Start } from '../../providers/port.ts';
import type { HookAnswer } from '#kernel/hooks.ts';
import { authenticate, type AuthenticateDeps } from './authenticate.ts';
import { keepAnswer, markOf, takeOnce, type DedupeDeps } from './dedupe.ts';
import type { Hook } from './find.ts';
import { bodyOf, fieldsOf, isWithin, shownHeaders } from './payload.ts';
import type { HookRequest } from '#kernel/hooks.ts';
import { headerOf } from './signature.ts';

export interface ReceiveDeps extends DedupeDeps, AuthenticateDeps {
  /** One call of a trigger; throws `rate-limited`. */
  count: (hook: Hook) => Promise<void>;
  /** Throws `inputs-invalid` when the body does not fit the trigger's schema. */
  requireFitting: (schema: Json, body: Json) => void;
}

/** As expressions see it in `trigger`. */
export function payloadOf({ config }: Pick<Hook, 'config'>, request: HookRequest, at: Date): Record<string, Json> {
  const { headers, query, method, ip, body } = request;
  const secretHeader = config.auth === 'header' ? config.header : undefined;
  const type = headerOf(headers, 'content-type');
  const parsed = config.rawBody ? quietly(type, body) : bodyOf(type, body);
  return {
    kind: 'webhook',
    method,
    body: parsed,
    headers: shownHeaders(headers, secretHeader),
    query: fieldsOf(query),
    ip,
    receivedAt: at.toISOString(),
    ...(config.rawBody ? { rawBody: Buffer.from(body).toString('base64') } : {}),
  };
}

/** Where the body is handed on as it came, it need not be one that we read. */
function quietly(type: string | undefined, body: Uint8Array): Json {
  try {
    return bodyOf(type, body);
  } catch {
    return null;
  }
}

/** Nobody of ours has called, and the workflow has no account of its own: it runs, and may do nothing that needs a right. */
const stranger = (hook: Hook, ip: string): Actor => ({
  kind: 'anonymous', id: NO_TENANT, name: `webhook of ${hook.workflow.name}`, email: null, tenantId: hook.tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ip,
}); // prettier-ignore

const scopeOf = (hook: Hook, trigger: Json, actor: Actor): Scope => ({
  input: trigger,
  trigger,
  nodes: {},
  vars: {},
  execution: {},
  workflow: { id: hook.workflowId, name: hook.workflow.name, version: hook.version, environment: hook.workflow.environment },
  tenant: { id: hook.tenantId },
  actor: { id: actor.id, email: actor.email, kind: actor.kind },
});

function keyOf({ config: { dedupeKey } }: Hook, scope: Scope, now: Date): string | undefined {
  if (dedupeKey === undefined) return undefined;
  try {
    const value = compileExpression(dedupeKey).evaluate(scope, { seed: 'webhook', now });
    return value === null || value === '' ? undefined : typeof value === 'string' ? value.slice(0, 500) : JSON.stringify(value).slice(0, 500);
  } catch (error) {
    // A call without the field has no key: it is one of its own.
    if (error instanceof NodeError) return undefined;
    throw error;
  }
}

const location = (executionId: string): string => `/api/v1/executions/${executionId}`;

/** What a caller is told who does not wait for the end. */
function acknowledged({ config: { response } }: Hook, { executionId }: Accepted, scope: Scope, now: Date): HookAnswer {
  const headers = { location: location(executionId), ...response.headers };
  const status = response.status ?? 202;
  if (response.body === undefined) return { status, headers, body: { executionId, status: 'queued' }, bodyType: 'json' };
  const said = typeof response.body === 'string' ? parseTemplate(response.body).evaluate(scope, { seed: executionId, now }) : response.body;
  return { status, headers, body: said, bodyType: typeof said === 'string' ? 'text' : 'json' };
}

/** What a caller is told who waited. What went wrong inside is nobody's business outside; the execution says it to who may read it. */
function answered({ config: { response } }: Hook, { executionId, status, outputs, response: said }: Answer): HookAnswer {
  if (said) return { ...said, headers: { ...response.headers, ...said.headers } };
  if (status === 'completed' || status === 'partial_success')
    return { status: response.status ?? 200, headers: { ...response.headers }, body: outputs, bodyType: 'json' };
  throw new Problem('workflow-failed', `The workflow ended as ${status}, without an answer.`, { executionId });
}

async function awaited(hook: Hook, accepted: Accepted, { engine }: ReceiveDeps): Promise<{ answer: HookAnswer; final: boolean }> {
  const { mode, timeoutSeconds } = hook.config.response;
  const { executionId } = accepted;
  const answer = await engine().answered(executionId, mode === 'respond_node' ? 'response' : 'end', timeoutSeconds * 1_000);
  if (answer) return { answer: answered(hook, answer), final: true };
  const body = { executionId, status: 'running' };
  return { answer: { status: 202, headers: { location: location(executionId) }, body, bodyType: 'json' }, final: false };
}

/** The checks behind address, method and size, in their order; answers whose key called, where the trigger asks for one of ours. */
async function admitted(hook: Hook, request: HookRequest, deps: ReceiveDeps): Promise<Actor | undefined> {
  const { allowCidrs } = hook.config;
  if (allowCidrs.length > 0 && !isWithin(request.ip, allowCidrs))
    throw new Problem('webhook-forbidden', 'The trigger takes calls from other addresses only.');
  const caller = await authenticate(hook, request, deps);
  if (hook.state === 'paused') throw new Problem('workflow-paused', `The workflow "${hook.workflow.name}" is paused; its triggers are off.`);
  await deps.count(hook);
  return caller;
}

interface Call {
  payload: Record<string, Json>;
  principal: Actor;
  caller: Actor | undefined;
}

const startOf = (hook: Hook, { requestId }: HookRequest, { payload, principal, caller }: Call): Start => ({
  tenantId: hook.tenantId,
  workflowId: hook.workflowId,
  version: hook.version,
  trigger: { kind: 'webhook', nodeId: hook.nodeId, triggerId: hook.triggerId },
  payload,
  principal,
  startedBy: caller ? { kind: caller.kind, id: caller.id, name: caller.name } : { kind: 'webhook', id: hook.triggerId, name: 'webhook' },
  correlationId: requestId,
  ...(hook.config.response.mode === 'immediate' ? {} : { awaited: true }),
});

/** One call, from the checks behind its size to its answer (workflows.md 8.2). It is acknowledged when the execution is committed. */
export async function receive(hook: Hook, request: HookRequest, deps: ReceiveDeps): Promise<HookAnswer> {
  const caller = await admitted(hook, request, deps);
  const now = deps.now();
  const payload = payloadOf(hook, request, now);
  const principal = hook.principal ?? caller ?? stranger(hook, request.ip);
  const scope = scopeOf(hook, payload, principal);
  const wanted = markOf(hook, request, keyOf(hook, scope, now));
  deps.requireFitting(hook.inputSchema, payload['body']!);
  const isImmediate = hook.config.response.mode === 'immediate';
  const start = startOf(hook, request, { payload, principal, caller });
  const first = (accepted: Accepted): HookAnswer | undefined => (isImmediate ? acknowledged(hook, accepted, scope, now) : undefined);
  const taken = wanted ? await takeOnce(deps, start, wanted, first) : { accepted: await deps.engine().start(start) };
  if ('again' in taken) return { ...taken.again, headers: { ...taken.again.headers, 'idempotency-replayed': 'true' } };
  if (isImmediate) return acknowledged(hook, taken.accepted, scope, now);
  const { answer, final } = await awaited(hook, taken.accepted, deps);
  if (wanted && final) await keepAnswer(deps, hook.tenantId, wanted, answer);
  return answer;
}
