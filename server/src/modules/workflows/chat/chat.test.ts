import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlows, type Flows } from '../../../../test/flows.ts';
import type { Person } from '../../../../test/world.ts';
import { draw, publish, type Drawn } from '../engine/testing.ts';
import { executionsCancel } from '../executions/operations/executions.cancel.ts';
import type { Json } from '../graph.ts';
import { workflowsPause } from '../operations/workflows.pause.ts';
import { chatSessionsDelete } from './operations/chatSessions.delete.ts';
import { chatSessionsGet } from './operations/chatSessions.get.ts';
import { chatSessionsList } from './operations/chatSessions.list.ts';
import { workflowsChat } from './operations/workflows.chat.ts';
import { answerOf, historyOf, styleText, titleOf } from './rules.ts';
import { forgetSessions, pruneSessions } from './sessions.ts';

let flows: Flows;
let [ana, bob, vera, eve]: Person[] = [];
beforeAll(async () => {
  flows = await createFlows();
  ana = flows.as({ name: 'ana' });
  bob = flows.as({ name: 'bob' });
  vera = flows.as({ name: 'vera', permissions: ['workflows:read', 'executions:read'], maxRisk: 'read' });
  eve = flows.as({ name: 'eve', tenant: 'b' });
});
afterAll(() => flows.close());

const ECHO: Drawn = { t: ['transform', { mode: 'expression', expression: '{"answer": input.message + "/" + string(size(input.history))}' }] };
const made = async (config: Record<string, Json> = {}, nodes: Drawn = ECHO, lines = 'start -> t'): Promise<string> =>
  (await publish(flows.databases, flows.tenantId, draw({ start: ['trigger', { mode: 'chat', ...config }], ...nodes }, lines))).workflowId;
const say = (id: string, message: string, more: { sessionId?: string; waitSeconds?: number } = {}, who = ana!) =>
  flows.done(workflowsChat, { id, message, waitSeconds: 20, ...more }, who);

test('workflows 8.4: a chat trigger keeps a session with what was said, and answers', async () => {
  const id = await made({ greeting: 'Ask me', responseStyle: 'concise' });
  const first = await say(id, '  Which servers\nwere restarted?  ');
  expect(first).toMatchObject({ done: true, answer: 'Which servers\nwere restarted?/1', session: { title: 'Which servers were restarted?' }, execution: { status: 'completed' } });
  const sessionId = first.session.id;
  expect((await say(id, 'And now?', { sessionId })).answer).toBe('And now?/3');
  const read = await flows.done(chatSessionsGet, { id: sessionId }, ana!);
  expect(read).toMatchObject({ workflowId: id, greeting: 'Ask me', turns: [{ message: 'Which servers\nwere restarted?', answer: 'Which servers\nwere restarted?/1', status: 'completed' }, { message: 'And now?', answer: 'And now?/3' }] });
  const [row] = await flows.rows<{ trigger_kind: string; inputs: Record<string, Json> }>('select trigger_kind, inputs from workflow_executions where id = $1', [read.turns[1]!.executionId]);
  expect(row).toMatchObject({ trigger_kind: 'chat', inputs: { responseStyle: 'concise', style: styleText('concise'), sessionId, history: [{ role: 'assistant', text: 'Ask me' }, { role: 'user' }, { role: 'assistant' }] } });
  expect((await flows.done(chatSessionsList, { workflowId: id }, ana!)).items.map((one) => one.id)).toEqual([sessionId]);
  const forgetful = await made({ sessionMemory: false });
  const other = await say(forgetful, 'one');
  expect((await say(forgetful, 'two', { sessionId: other.session.id })).answer).toBe('two/0');
}); // prettier-ignore

test('a conversation is read, gone on with and forgotten by whoever began it alone, and with its own workflow', async () => {
  const id = await made();
  const { session: { id: sessionId }, execution } = await say(id, 'mine-alone');
  for (const who of [bob!, eve!]) {
    expect((await flows.done(chatSessionsList, {}, who)).items).toEqual([]);
    for (const attempt of [flows.refused(chatSessionsGet, { id: sessionId }, who), flows.refused(chatSessionsDelete, { id: sessionId }, who)]) expect((await attempt).slug).toBe('not-found');
  }
  expect((await flows.refused(workflowsChat, { id, message: 'x', sessionId }, bob!)).slug).toBe('not-found');
  expect((await flows.refused(workflowsChat, { id, message: 'x' }, eve!)).slug).toBe('workflow-not-found');
  expect((await flows.refused(workflowsChat, { id, message: 'x' }, vera!)).slug).toBe('permission-denied');
  expect((await flows.refused(workflowsChat, { id: await made(), message: 'x', sessionId }, ana!)).slug).toBe('not-found');
  await flows.done(chatSessionsDelete, { id: sessionId }, ana!);
  expect((await flows.refused(chatSessionsGet, { id: sessionId }, ana!)).slug).toBe('not-found');
  expect(await flows.rows('select id from workflow_executions where id = $1', [execution.id])).toHaveLength(1);
  await say(id, 'later');
  const inTenant = flows.databases.tenant.bind(flows.databases, { tenantId: flows.tenantId });
  await inTenant((db) => pruneSessions({ db, tenantId: flows.tenantId, now: () => new Date(Date.now() + 100 * 86_400_000) }));
  expect((await flows.done(chatSessionsList, { workflowId: id }, ana!)).items).toHaveLength(1);
  await inTenant((db) => forgetSessions(db, flows.tenantId, ana!.actor.id));
  expect((await flows.done(chatSessionsList, {}, ana!)).items).toEqual([]);
}); // prettier-ignore

test('one message at a time, with whoever is there to answer: not while the last is being answered, not paused, not without a chat trigger', async () => {
  const slow = await made({}, { hold: ['wait_event', { kind: 'signal' }] }, 'start -> hold');
  const post = (message: string, sessionId?: string) =>
    flows.app.inject({ method: 'POST', url: `/api/v1/workflows/${slow}/chat`, payload: { message, waitSeconds: 0, ...(sessionId ? { sessionId } : {}) }, headers: { authorization: `Bearer ${ana!.token}`, host: 'localhost:8420' } });
  const first = await post('Hello');
  const { session, execution, done, links } = first.json<{ session: { id: string }; execution: { id: string }; done: boolean; links: { stream: string } }>();
  expect([first.statusCode, first.headers['location'], done, links.stream]).toEqual([202, `/api/v1/executions/${execution.id}`, false, `/api/v1/executions/${execution.id}/stream`]);
  const early = await post('Are you there?', session.id);
  expect([early.statusCode, early.json<{ type: string; executionId: string }>()]).toMatchObject([409, { type: expect.stringMatching(/invalid-transition$/) as string, executionId: execution.id }]);
  expect((await flows.done(chatSessionsGet, { id: session.id }, ana!)).turns).toMatchObject([{ message: 'Hello', answer: null }]);
  await expect.poll(async () => (await flows.rows<{ status: string }>('select status from workflow_executions where id = $1', [execution.id]))[0]!.status).toMatch(/waiting|paused/);
  await flows.done(executionsCancel, { id: execution.id }, ana!);
  await flows.ended(execution.id);
  expect((await post('Again', session.id)).statusCode).toBe(202);
  const id = await made();
  await flows.done(workflowsPause, { id }, ana!);
  expect((await flows.refused(workflowsChat, { id, message: 'x' }, ana!)).slug).toBe('workflow-paused');
  const { workflowId } = await publish(flows.databases, flows.tenantId, draw({ start: ['trigger', { mode: 'manual' }], ...ECHO }, 'start -> t'));
  expect((await flows.refused(workflowsChat, { id: workflowId, message: 'x' }, ana!)).slug).toBe('inputs-invalid');
}); // prettier-ignore

test('what was said is put into words', () => {
  expect([answerOf('a'), answerOf({ answer: 'b', steps: [] }), answerOf({ text: 'c' }), answerOf({ n: 1 }), answerOf([1]), answerOf(null)]).toEqual(['a', 'b', 'c', { n: 1 }, [1], null]);
  expect(historyOf([{ message: 'a', answer: { n: 1 } }, { message: null, answer: null }, { message: 'b', answer: null }])).toEqual([{ role: 'user', text: 'a' }, { role: 'assistant', text: '{"n":1}' }, { role: 'user', text: 'b' }]);
  expect([titleOf(' a\n b '), titleOf('x'.repeat(90)).length, styleText('loud')]).toEqual(['a b', 80, styleText('standard')]);
}); // prettier-ignore
