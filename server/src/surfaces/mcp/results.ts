import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Passed } from '#kernel/gate.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import type { Problem } from '#kernel/problem.ts';
import type { ChangeView } from '../change.ts';
import { MAX_TEXT, pageUri } from './pages.ts';

const POLL_AFTER_MS = 2_000;

type Structured = Record<string, unknown>;

const result = (text: string, structured: Structured): CallToolResult => ({ content: [{ type: 'text', text }], structuredContent: structured });

const asObject = (value: unknown): Structured =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Structured) : { result: value ?? null };

/** What a long answer begins with, for the model to decide whether it needs the rest. */
function doneText(output: Structured): string {
  const text = JSON.stringify(output);
  return text.length <= MAX_TEXT
    ? text
    : `The result has ${text.length} characters, more than fits here. Ask for less with limit, cursor or a filter, or read the linked resource page by page. It begins: ${text.slice(0, 2_000)}`;
}

interface FileOutput {
  content: string | Uint8Array;
  mediaType: string;
  filename?: string;
}

function file(operation: AnyOperation, { content, mediaType, filename }: FileOutput): CallToolResult {
  const uri = `switchyard://download/${encodeURIComponent(filename ?? operation.name)}`;
  const resource =
    typeof content === 'string'
      ? { uri, mimeType: mediaType, text: content }
      : { uri, mimeType: mediaType, blob: Buffer.from(content).toString('base64') };
  return { content: [{ type: 'resource', resource }], structuredContent: { mediaType, filename: filename ?? null } };
}

const STATE_TEXT: Record<string, string> = {
  awaiting_approval: 'waits for approval by someone else; nothing has been executed',
  planned: 'is kept as a draft; nothing has been executed',
};

/** devices.md 12.4: a Change that waits is a normal result, and says plainly that nothing has been done. */
function accepted(
  change: { id: string; number: string; state: string; operation: string },
  publicUrl: string,
  seen: ChangeView | undefined,
): CallToolResult {
  const state = seen?.state ?? change.state;
  const text = `${change.number} (${change.operation}) ${STATE_TEXT[state] ?? 'was accepted and is being carried out; it is not finished'}. Follow it with changes_get, or at ${publicUrl}/changes/${change.id}.`;
  return result(text, {
    status: 'accepted',
    change: { ...change, state },
    changeId: change.id,
    state,
    planSummary: seen?.['summary'] ?? null,
    approvalUrl: state === 'awaiting_approval' ? `${publicUrl}/changes/${change.id}` : null,
    expiresAt: seen?.['deadlineAt'] ?? null,
    pollAfterMs: POLL_AFTER_MS,
    followUp: { tool: 'changes_get', arguments: { id: change.id }, pollAfterMs: POLL_AFTER_MS },
    url: `${publicUrl}/changes/${change.id}`,
  });
}

export const settled = (change: ChangeView): CallToolResult =>
  result(`${change.number} (${change.operation}) ended as ${change.state}. ${doneText(change)}`, { status: 'settled', change });

interface Passing {
  passed: Passed<unknown>;
  /** The arguments as they came, for the address of the whole answer. */
  given: Record<string, unknown>;
  publicUrl: string;
  /** The Change that was accepted, as the caller sees it. */
  change?: ChangeView | undefined;
}

type Done = Extract<Passed<unknown>, { status: 'done' }>;

function done(operation: AnyOperation, passed: Done, given: Record<string, unknown>): CallToolResult {
  if (operation.download) return file(operation, passed.output as FileOutput);
  const output = asObject(passed.output);
  const note = passed.changeNumber === null ? '' : `Done as ${passed.changeNumber}. `;
  const answer = result(note + doneText(output), output);
  if (operation.risk !== 'read' || JSON.stringify(output).length <= MAX_TEXT) return answer;
  const link = { type: 'resource_link' as const, uri: pageUri(operation, given, 0), name: operation.name, mimeType: 'application/json', description: 'The whole answer, page by page' }; // prettier-ignore
  return { ...answer, content: [...answer.content, link] };
}

/** What rules say of the call without forbidding it. */
const withWarnings = (answer: CallToolResult, warnings: readonly string[] = []): CallToolResult =>
  warnings.length === 0 ? answer : { ...answer, _meta: { 'switchyard.dev/warnings': warnings } };

/** What the Gate let pass, as an agent reads it. A plan and a waiting Change are results, not errors: nothing went wrong. */
export function passedResult(operation: AnyOperation, { passed, given, publicUrl, change }: Passing): CallToolResult {
  if (passed.status === 'accepted') return withWarnings(accepted(passed.change, publicUrl, change), passed.warnings);
  if (passed.status === 'done') return withWarnings(done(operation, passed, given), passed.warnings);
  const { plan, risk, planHash, requirements, demands } = passed;
  const approval = requirements.length > 0 ? ` It needs approval: ${requirements.map(({ text }) => text).join('; ')}.` : '';
  const text = `Only planned, nothing was done: ${plan.summary}.${approval} To do it, call again with dryRun false.`;
  return withWarnings(result(text, { status: 'planned', plan, risk, planHash, requirements, demands }), passed.warnings);
}

/** A refusal that the model can read and act on. */
export function problemResult(problem: Problem, requestId: string): CallToolResult {
  const body = problem.toJSON(requestId);
  const fields = (problem.extras.errors ?? []).map(({ pointer, message }) => `\n${pointer || '/'}: ${message}`).join('');
  return {
    isError: true,
    content: [{ type: 'text', text: `${problem.kind.title} (${problem.slug}): ${problem.message}${fields}` }],
    structuredContent: body,
  };
}
