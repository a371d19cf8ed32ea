import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Passed } from '#kernel/gate.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import type { Problem } from '#kernel/problem.ts';
import type { ChangeView } from '../change.ts';

/** Longer texts cost an agent its context; it is told how to ask for less. */
const MAX_TEXT = 102_400;
const POLL_AFTER_MS = 2_000;

type Structured = Record<string, unknown>;

const result = (text: string, structured: Structured): CallToolResult => ({ content: [{ type: 'text', text }], structuredContent: structured });

const asObject = (value: unknown): Structured =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Structured) : { result: value ?? null };

function doneText(output: Structured): string {
  const text = JSON.stringify(output);
  return text.length <= MAX_TEXT
    ? text
    : `The result has ${text.length} characters, more than fits here. Ask for less with limit, cursor or a filter. It begins: ${text.slice(0, 2_000)}`;
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

function accepted(change: { id: string; number: string; state: string; operation: string }, publicUrl: string): CallToolResult {
  const text = `${change.number} (${change.operation}) ${STATE_TEXT[change.state] ?? 'was accepted and is being carried out; it is not finished'}. Follow it with changes_get, or at ${publicUrl}/changes/${change.id}.`;
  return result(text, {
    status: 'accepted',
    change,
    followUp: { tool: 'changes_get', arguments: { id: change.id }, pollAfterMs: POLL_AFTER_MS },
    url: `${publicUrl}/changes/${change.id}`,
  });
}

export const settled = (change: ChangeView): CallToolResult =>
  result(`${change.number} (${change.operation}) ended as ${change.state}. ${doneText(change)}`, { status: 'settled', change });

/** What the Gate let pass, as an agent reads it. A plan and a waiting Change are results, not errors: nothing went wrong. */
export function passedResult(operation: AnyOperation, passed: Passed<unknown>, publicUrl: string): CallToolResult {
  if (passed.status === 'accepted') return accepted(passed.change, publicUrl);
  if (passed.status === 'planned') {
    const { plan, risk, planHash, requirements } = passed;
    const approval = requirements.length > 0 ? ` It needs approval: ${requirements.map(({ text }) => text).join('; ')}.` : '';
    return result(`Only planned, nothing was done: ${plan.summary}.${approval} To do it, call again with dryRun false.`, {
      status: 'planned',
      plan,
      risk,
      planHash,
      requirements,
    });
  }
  if (operation.download) return file(operation, passed.output as FileOutput);
  const output = asObject(passed.output);
  const note = passed.changeNumber === null ? '' : `Done as ${passed.changeNumber}. `;
  return result(note + doneText(output), output);
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
