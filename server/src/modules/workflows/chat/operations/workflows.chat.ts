import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { begin, begun, ended, runnable, startBy } from '../../executions/begin.ts';
import type { GraphNode, Json } from '../../graph.ts';
import { runTarget } from '../../model/store.ts';
import { Engine } from '../../providers/port.ts';
import { WorkflowId } from '../../schemas.ts';
import { answerOf, historyOf, styleText } from '../rules.ts';
import { Chatted, SessionId } from '../schemas.ts';
import { findSession, beginSession, turnsBefore } from '../sessions.ts';

const isChat = ({ type, config, settings }: GraphNode): boolean => type === 'trigger' && config['mode'] === 'chat' && settings?.disabled !== true;

export const workflowsChat = defineOperation({
  name: 'workflows.chat',
  summary: 'Say something to a workflow',
  description:
    'Begins an execution of the active version at its chat trigger, and answers with what it says if that comes in time; else the execution goes on, and its stream tells of the answer while it is made. Without a session it begins a conversation, which only whoever began it reads and goes on with.',
  permission: 'workflows:execute',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/workflows/{id}/chat' },
  input: z.object({
    id: WorkflowId,
    message: z.string().trim().min(1).max(10_000).meta({ title: 'Message', widget: 'textarea', examples: ['Which servers were restarted today?'] }),
    sessionId: SessionId.optional().meta({ title: 'Session', help: 'To go on with a conversation' }),
    waitSeconds: z.int().min(0).max(120).default(30).meta({ title: 'Wait for the answer, in seconds' }),
  }),
  output: Chatted,
  accepted: ({ done }) => !done,
  location: ({ execution }) => `/executions/${execution.id}`,
  targets: async (ctx, { id }) => [await runTarget(ctx, { id })],
  async run(ctx, { id, message, sessionId, waitSeconds }) {
    const before = sessionId === undefined ? undefined : await findSession(ctx, sessionId, true);
    if (before && before.workflowId !== id) throw new Problem('not-found', 'This conversation is with another workflow.');
    const what = await runnable(ctx, id, undefined);
    if (what.loaded.workflow.status === 'paused') throw new Problem('workflow-paused', `"${what.loaded.workflow.name}" is paused. Activate it to talk to it.`);
    const trigger = what.loaded.graph.nodes.find(isChat);
    if (!trigger) throw new Problem('inputs-invalid', 'The active version has no chat trigger, so there is nobody to talk to.');
    const { greeting, sessionMemory = true, responseStyle = 'standard' } = trigger.config;
    const session = before ?? (await beginSession(ctx, id, message, typeof greeting === 'string' ? greeting : null));
    const turns = await turnsBefore(ctx, session);
    const greeted = session.greeting === null ? [] : [{ role: 'assistant' as const, text: session.greeting }];
    const history = sessionMemory === false ? [] : [...greeted, ...historyOf(turns)];
    const start = await startBy(ctx, what, { inputs: { message }, startNode: trigger.id, more: { awaited: waitSeconds > 0, chatSessionId: session.id } });
    const said = { kind: 'chat', message, sessionId: session.id, history: history.map((one) => ({ ...one })), responseStyle, style: styleText(responseStyle) };
    const accepted = await begin(ctx, { ...start, trigger: { ...start.trigger, kind: 'chat' }, payload: { ...start.payload, ...said } });
    return { ...begun(accepted, id), session: { id: session.id, title: session.title } };
  },
  async finish({ provider }, { waitSeconds }, output) {
    if (waitSeconds === 0) return output;
    const { outputs, ...told } = await ended(provider(Engine), output, waitSeconds);
    const { session } = output;
    return { ...told, session, ...(told.done ? { answer: answerOf((outputs ?? null) as Json) } : {}) };
  },
}); // prettier-ignore
