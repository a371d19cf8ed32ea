import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { approvalsApprove, approvalsReject } from '#modules/governance/index.ts';
import { draw, publish, type Drawn } from '../engine/testing.ts';
import type { Json } from '../graph.ts';
import { agentRequestsDecide } from './operations/agentRequests.decide.ts';
import { agentRequestsGet } from './operations/agentRequests.get.ts';
import { grouped } from './request-rules.ts';
import { createAgentWorld, toolTexts, type AgentWorld, type Line } from './testing.ts';

let world: AgentWorld;
beforeAll(async () => {
  world = await createAgentWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.model.asked.length = 0;
  world.lamps.calls.length = 0;
});
afterEach(() => expect(world.faults).toEqual([]));

/** Says these lines one after the other, then that it is done. */
const says = (...lines: Line[]): void => void (world.model.script = (_request, turn) => lines[turn - 1] ?? { text: 'That is all.' });
const agent = (config: Record<string, Json>, inputs: Json = {}): Promise<string> => world.begin({ agent: ['ai_agent', { goal: 'Light the lamps', ...config }] }, 'start -> agent', inputs); // prettier-ignore
const soon = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 60_000, interval: 50 });

async function asked(executionId: string) {
  await soon(async () => (await world.requests(executionId)).length).toBe(1);
  // The agent sleeps before anybody decides.
  await soon(async () => (await world.rows<{ status: string }>('select status from workflow_executions where id = $1', [executionId]))[0]!.status).toBe('paused');
  return (await world.requests(executionId))[0]!;
} // prettier-ignore

test('workflows 96: An agent with a scripted model calls tools in order, gets results, and answers; all steps are records with tokens and cost.', async () => {
  says({ text: 'I look.', calls: [['lamps_get', { id: 'desk' }]] }, { calls: [['double', { n: 21 }]] }, { text: 'It is dark, and 42.' });
  const nodes: Drawn = { agent: ['ai_agent', { goal: 'Look at {{ input.lamp }}', tools: { operations: ['lamps.get'] } }], double: ['transform', { mode: 'expression', expression: 'input.n * 2' }] }; // prettier-ignore
  const id = await world.begin(nodes, 'start -> agent, agent.tools -> double', { lamp: 'desk' });
  const { status, outputs } = await world.ended(id);
  expect({ status, outputs }).toMatchObject({
    status: 'completed',
    outputs: { answer: 'It is dark, and 42.', stopReason: 'done', usage: { in: 300, out: 60, cost: 21 }, toolCalls: [{ tool: 'lamps_get', status: 'done' }, { tool: 'double', status: 'done' }] },
  }); // prettier-ignore
  const [first, second, third] = world.model.asked;
  expect(first!.messages).toEqual([{ role: 'user', text: 'Look at desk' }]);
  expect(first!.tools!.map(({ name }) => name)).toEqual(['double', 'lamps_get']);
  expect(toolTexts(second!)[0]).toContain('"lit":false');
  expect(toolTexts(third!)[1]).toContain('42');
  const records = await world.records(id);
  expect(records.map(({ key, type, path, called_by: by, status: state }) => [key, type, path, by?.step ?? null, state])).toEqual([
    ['start', 'trigger', '', null, 'completed'],
    ['agent', 'ai_agent', '', null, 'completed'],
    ['agent', 'operation', '@1.0', 1, 'completed'],
    ['double', 'transform', '@2.0', 2, 'completed'],
  ]);
  expect(records.find(({ type }) => type === 'ai_agent')).toMatchObject({ tokens: 360, cost: '21' });
  const [row] = await world.rows<Record<string, string>>('select tokens, cost, tool_calls from workflow_executions where id = $1', [id]);
  expect(row).toEqual({ tokens: '360', cost: '21', tool_calls: 2 });
  const events = await world.rows<{ type: string }>(`select type from execution_events where execution_id = $1 and type like 'agent.%' order by seq`, [id]); // prettier-ignore
  expect(events.map(({ type }) => type)).toEqual(['agent.message', 'agent.usage', 'agent.tool', 'agent.tool', 'agent.message', 'agent.usage', 'agent.tool', 'agent.tool', 'agent.message', 'agent.usage']); // prettier-ignore
});

test('workflows 97: An agent is never offered an Operation that its principal may not run; a forged call is refused by the Gate.', async () => {
  const reader = world.as({ name: 'reader', permissions: ['lamps:read', 'workflows:*'] });
  says({ calls: [['lamps_light', { name: 'desk' }]] }, { calls: [['forged', { name: 'desk' }]] });
  const nodes: Drawn = { agent: ['ai_agent', { goal: 'x', tools: { operations: ['lamps.*', 'changes.*', 'approvals.*'] }, writeMode: 'allow' }], forged: ['operation', { operation: 'lamps.light', input: { name: '{{ input.name }}' } }] }; // prettier-ignore
  const id = await world.begin(nodes, 'start -> agent, agent.tools -> forged', {}, reader);
  await world.ended(id);
  const offered = world.model.asked[0]!.tools!.map(({ name }) => name);
  expect(offered).toEqual(['forged', 'lamps_get']);
  expect(toolTexts(world.model.asked[1]!)[0]).toContain('There is no tool "lamps_light"');
  expect(toolTexts(world.model.asked[2]!)[1]).toContain('permission-denied');
  expect(world.lamps.calls).toEqual([]);
  // Nobody's agent decides on what it asked for; of what is too much to be shown, it finds the rest by words.
  world.model.asked.length = 0;
  says({ calls: [['find_tool', { query: 'approve approvals decide' }], ['find_tool', { query: 'get lamp' }]] }, { calls: [['lamps_get', { id: 'desk' }], ['approvals_approve', { id: 'x' }]] });
  expect((await world.ended(await agent({ tools: { operations: ['*'] }, writeMode: 'allow' }))).status).toBe('completed');
  const [start, next, last] = world.model.asked;
  expect(start!.tools!.map(({ name }) => name)).toEqual(['find_tool']);
  expect(next!.tools!.map(({ name }) => name)).toContain('lamps_get');
  expect(next!.tools!.map(({ name }) => name).filter((name) => /_(approve|reject|delegate|decide|ask)$|executions_input/.test(name))).toEqual([]);
  expect(toolTexts(last!).slice(2)).toEqual([expect.stringContaining('"lit":false'), expect.stringContaining('There is no tool "approvals_approve"')]);
}); // prettier-ignore

test('workflows 98: `approve` pauses for each write and continues with the approver’s edited arguments; a refusal text reaches the model.', async () => {
  says({ text: 'I light two.', calls: [['lamps_light', { name: 'desk', _reason: 'It is dark' }], ['lamps_light', { name: 'hall' }]] });
  const id = await agent({ tools: { operations: ['lamps.*'] } });
  const first = await asked(id);
  expect(first.input.calls).toEqual([expect.objectContaining({ index: 0, tool: 'lamps_light', arguments: { name: 'desk' }, reason: 'It is dark', risk: 'write' })]);
  expect(world.lamps.calls).toEqual([]);
  // Whoever asks does not agree; nor is anything agreed to that does not fit.
  const mine = { id, changeId: first.id };
  await expect(world.done(agentRequestsDecide, { ...mine, calls: [{ index: 0, run: true }] }, world.ana)).rejects.toMatchObject({ slug: 'self-approval-forbidden' });
  await expect(world.done(agentRequestsDecide, { ...mine, calls: [{ index: 0, run: true, arguments: { name: 7 } }] }, world.bob)).rejects.toMatchObject({ slug: 'validation-failed' });
  expect(await world.done(agentRequestsGet, mine, world.bob)).toMatchObject({ agent: 'agent', step: 1, state: 'awaiting_approval', calls: [{ plan: { summary: 'Light lamp desk' }, schema: { type: 'object' } }], answer: null });
  await world.done(agentRequestsDecide, { ...mine, calls: [{ index: 0, run: true, arguments: { name: 'shelf' } }] }, world.bob);
  await soon(async () => (await world.requests(id)).some((one) => one.id !== first.id)).toBe(true);
  const second = await asked(id);
  expect(second.input.calls).toEqual([expect.objectContaining({ index: 1, arguments: { name: 'hall' } })]);
  await world.done(approvalsReject, { id: second.id, comment: 'Do not, because it is in use' }, world.bob);
  expect((await world.ended(id)).outputs).toMatchObject({ answer: 'That is all.', toolCalls: [{ status: 'done' }, { status: 'refused' }] });
  expect(world.lamps.calls).toEqual(['shelf']);
  const [lit, refused] = toolTexts(world.model.asked[1]!);
  expect(lit).toContain('changed the arguments to {"name":"shelf"}');
  expect(refused).toContain('Do not, because it is in use');
  const [change] = await world.rows<{ via: Json; comment: string }>(`select via, comment from changes where operation = 'lamps.light' and via ->> 'executionId' = $1`, [id]);
  expect(change).toMatchObject({ via: { node: 'agent', agentStep: 1, iteration: '' }, comment: 'It is dark' });
}); // prettier-ignore

test('workflows 99: `plan` collects three writes into one Approval; approving two of three runs two.', async () => {
  says({ calls: ['a', 'b', 'c'].map((name) => ['lamps_light', { name }] as const) });
  const id = await agent({ tools: { operations: ['lamps.*'] }, writeMode: 'plan' });
  const request = await asked(id);
  expect(request.input.calls.map((call) => call.arguments)).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  await world.done(agentRequestsDecide, { id, changeId: request.id, calls: [{ index: 1, run: false, text: 'b is broken' }] }, world.bob);
  await world.ended(id);
  expect(world.lamps.calls).toEqual(['a', 'c']);
  expect(toolTexts(world.model.asked[1]!)[1]).toContain('b is broken');
});

test('workflows 100: A high-risk Operation needs approval with every writeMode.', async () => {
  for (const writeMode of ['plan', 'approve', 'allow'] as const) {
    world.model.asked.length = 0;
    says({ calls: [['lamps_burn', { name: 'old' }]] });
    const id = await agent({ tools: { operations: ['lamps.*'] }, writeMode });
    const request = await asked(id);
    expect(request.input.calls[0]).toMatchObject({ risk: 'high' });
    expect(world.lamps.calls).toEqual([]);
    await world.done(agentRequestsDecide, { id, changeId: request.id, calls: [{ index: 0, run: false, text: 'never burn lamps' }] }, world.bob);
    await world.ended(id);
    expect(toolTexts(world.model.asked[1]!)[0]).toContain('never burn lamps');
  }
  world.model.asked.length = 0;
  says({ calls: [['lamps_burn', { name: 'old' }]] });
  await world.ended(await agent({ tools: { operations: ['lamps.*'] }, writeMode: 'deny' }));
  expect(world.model.asked[0]!.tools!.map(({ name }) => name)).toEqual(['lamps_get']);
  expect(world.lamps.calls).toEqual([]);
}); // prettier-ignore

test('an approval as it stands lets the call be made once, and `allow` makes calls without one', async () => {
  says({ calls: [['lamps_light', { name: 'desk' }]] });
  const id = await agent({ tools: { operations: ['lamps.light'] } });
  const { id: changeId } = await asked(id);
  await world.done(approvalsApprove, { id: changeId }, world.bob);
  await world.ended(id);
  world.model.asked.length = 0;
  const free = await agent({ tools: { operations: ['lamps.light'] }, writeMode: 'allow' });
  expect((await world.ended(free)).outputs).toMatchObject({ stopReason: 'done' });
  expect(world.lamps.calls).toEqual(['desk', 'desk']);
});

test('an agent without a goal has what came in as one; with neither it says so', async () => {
  says({ text: 'Understood.' });
  const id = await world.begin({ agent: ['ai_agent', {}] }, 'start -> agent', { lamp: 'desk' });
  expect((await world.ended(id)).status).toBe('completed');
  expect(world.model.asked[0]!.messages).toEqual([{ role: 'user', text: '{"lamp":"desk"}' }]);
  const none = await world.begin({ agent: ['ai_agent', {}] }, 'start -> agent', null);
  expect(await world.ended(none)).toMatchObject({ status: 'failed', error: { type: 'config-invalid', message: 'There is no goal: none is set, and nothing came in.' } });
}); // prettier-ignore

test('whoever decides gives a call other arguments only where they may make it themselves', async () => {
  says({ calls: [['lamps_light', { name: 'desk' }]] });
  const id = await agent({ tools: { operations: ['lamps.light'] } });
  const { id: changeId } = await asked(id);
  const dora = world.as({ name: 'dora', permissions: ['approvals:decide', 'executions:read', 'workflows:read'] });
  const edited = { id, changeId, calls: [{ index: 0, run: true, arguments: { name: 'vault' } }] };
  await expect(world.done(agentRequestsDecide, edited, dora)).rejects.toMatchObject({ slug: 'permission-denied', message: expect.stringContaining('lamps') as string });
  expect(world.lamps.calls).toEqual([]);
  await world.done(agentRequestsDecide, edited, world.bob);
  await world.ended(id);
  expect(world.lamps.calls).toEqual(['vault']);
}); // prettier-ignore

test('other arguments of a node are checked as those of an Operation are: against its form, and whether whoever decides may do it', async () => {
  says({ calls: [['switch', { name: 'desk' }]] });
  const tool: Drawn[string] = ['operation', { operation: 'lamps.light', input: { name: '{{ input.name }}' } }];
  const id = await world.begin({ agent: ['ai_agent', { goal: 'Light it' }], switch: tool }, 'start -> agent, agent.tools -> switch');
  const { id: changeId } = await asked(id);
  const dora = world.as({ name: 'dora', permissions: ['approvals:decide', 'executions:read', 'workflows:read', 'workflows:execute'] });
  const edited = (given: Json) => ({ id, changeId, calls: [{ index: 0, run: true, arguments: given }] });
  expect(await world.done(agentRequestsGet, { id, changeId }, world.bob)).toMatchObject({ calls: [{ operation: null, schema: { required: ['name'] }, needs: ['workflows.execute', 'lamps.light'] }] });
  for (const wrong of [{ name: 7 }, {}, { name: 'vault', more: 1 }, 'vault']) await expect(world.done(agentRequestsDecide, edited(wrong), world.bob)).rejects.toMatchObject({ slug: 'validation-failed' });
  await expect(world.done(agentRequestsDecide, edited({ name: 'vault' }), dora)).rejects.toMatchObject({ slug: 'permission-denied' });
  await world.done(agentRequestsDecide, edited({ name: 'vault' }), world.bob);
  await world.ended(id);
  expect(world.lamps.calls).toEqual(['vault']);
}); // prettier-ignore

test('of more nodes than can be shown those left over are found by words; a plan of more calls than one request holds is asked for in several', async () => {
  const names = Array.from({ length: 66 }, (_one, at) => `t${at}`);
  const tools = Object.fromEntries(names.map((name, at): [string, Drawn[string]] => [name, ['transform', { mode: 'expression', expression: String(at) }]]));
  says({ calls: [['find_tool', { query: 't65' }]] }, { calls: [['t65', {}]] });
  const id = await world.begin({ agent: ['ai_agent', { goal: 'x' }], ...tools }, names.reduce((lines, name) => `${lines}, agent.tools -> ${name}`, 'start -> agent'));
  expect((await world.ended(id)).outputs).toMatchObject({ toolCalls: [{ tool: 'find_tool' }, { tool: 't65', status: 'done', summary: expect.stringContaining('65') as string }] });
  const shown = world.model.asked.map((request) => request.tools!.map(({ name }) => name));
  expect(shown[0]).toEqual(['find_tool', ...names.slice(0, 62)]);
  expect([shown[1]!.length, shown[1]!.includes('t65'), shown[1]!.includes('t0')]).toEqual([63, true, true]);
  const calls = Array.from({ length: 70 }, (_one, at) => at);
  expect(grouped(calls, 'plan').map((group) => group.length)).toEqual([64, 6]);
  expect(grouped([4, 7], 'approve')).toEqual([[4], [7]]);
  expect(grouped([], 'plan')).toEqual([]);
}); // prettier-ignore

test('what a sensitive tool takes and answers stands neither in what its agent hands on nor in messages, and the model has it', async () => {
  says({ calls: [['vault', { n: 'hidden-given' }]] }, { calls: [['read_result', { call: '1.0', offset: 3 }]] }, { text: 'Seen.' });
  const vault: Drawn[string] = ['transform', { mode: 'expression', expression: '"hidden-" + input.n' }, { sensitive: true }];
  const id = await world.begin({ agent: ['ai_agent', { goal: 'Look' }], vault }, 'start -> agent, agent.tools -> vault');
  const { outputs } = await world.ended(id);
  expect(outputs).toMatchObject({ toolCalls: [{ tool: 'vault', status: 'done', summary: expect.stringContaining('sensitive') as string }, { tool: 'read_result', status: 'done' }] });
  expect(toolTexts(world.model.asked[2]!)[1]).toContain('idden-hidden-given');
  const events = await world.rows<{ payload: Json }>('select payload from execution_events where execution_id = $1', [id]);
  expect(events.length).toBeGreaterThan(5);
  // The model’s own words are in the record of what it said.
  expect(JSON.stringify([outputs, events, (await world.records(id)).map(({ output }) => output)])).not.toContain('hidden');
}); // prettier-ignore

test('a sensitive agent says in no message what it reads, says or calls with', async () => {
  says({ text: 'hidden words', calls: [['lamps_get', { id: 'hidden-lamp' }]] }, { text: 'hidden answer' });
  const start: Drawn = { agent: ['ai_agent', { goal: 'Look', tools: { operations: ['lamps.get'] } }, { sensitive: true }] };
  const id = await world.begin(start, 'start -> agent');
  await world.ended(id);
  const events = await world.rows<{ type: string; payload: Json }>('select type, payload from execution_events where execution_id = $1', [id]);
  expect(events.filter(({ type }) => type.startsWith('agent.')).length).toBeGreaterThan(5);
  expect(JSON.stringify(events)).not.toContain('hidden');
});

test('workflows 102: An execution pays for its models wherever they are asked, an agent for whatever it calls, and nobody where nothing is bounded', async () => {
  const llm: Drawn[string] = ['llm', { prompt: 'Say something' }];
  const child = await publish(world.databases, world.tenantId, draw({ start: ['trigger', { mode: 'workflow' }], inner: llm }, 'start -> inner'));
  const nodes: Drawn = {
    before: llm,
    hand: ['operation', { operation: 'ai.ask', input: { prompt: 'Hello' } }],
    agent: ['ai_agent', { goal: 'x', budget: { tokens: 5_000 }, writeMode: 'allow', taint: 'off', tools: { operations: ['ai.ask'], workflows: [child.workflowId] } }],
    tool: llm,
  };
  const lines = 'start -> before -> hand -> agent, agent.tools -> tool';
  const script: Line[] = [{ calls: [['tool', {}], ['ai_ask', { prompt: 'And you?' }], [`run_test-${child.workflowId}`, {}]] }];
  world.model.script = ({ origin, messages }) => (origin.purpose === 'agent' ? (script[messages.filter(({ role }) => role === 'assistant').length] ?? { text: 'done' }) : { text: 'so' });
  const id = await world.begin(nodes, lines, {}, world.ana, { budgets: { tokens: 9_000, cost: 500 } });
  expect((await world.ended(id)).outputs).toMatchObject({ stopReason: 'done', toolCalls: [{ status: 'done' }, { status: 'done' }, { status: 'done' }] });
  const accounts = await world.rows<{ id: string; name: string; above: string[]; tokens_most: string | null; cost_most: string | null }>('select id, name, above, tokens_most, cost_most from ai_accounts order by created_at, id');
  const [agentAccount, childAccount] = [accounts.find(({ name }) => name === 'agent')!, accounts.find(({ above }) => above.length === 2)!];
  expect(accounts).toHaveLength(3);
  expect(accounts.find((one) => one.id === id)).toMatchObject({ name: 'execution', above: [], tokens_most: '9000', cost_most: '500' });
  expect(agentAccount).toMatchObject({ above: [id], tokens_most: '5000', cost_most: null });
  expect(childAccount).toMatchObject({ name: 'execution', above: [agentAccount.id, id], tokens_most: null });
  const paid = world.model.asked.map(({ origin: { purpose, accountId, executionId } }) => [purpose, accountId, executionId]);
  const mine = (account: string, purpose = 'llm') => [purpose, account, id];
  expect(paid.slice(0, 3)).toEqual([mine(id), mine(id), mine(agentAccount.id, 'agent')]);
  expect(paid).toHaveLength(7);
  expect(paid).toEqual(expect.arrayContaining([mine(agentAccount.id), ['llm', childAccount.id, childAccount.id]]));
  expect(paid.filter(([purpose, account]) => purpose === 'llm' && account === agentAccount.id)).toHaveLength(2);
  expect(world.model.asked.every(({ origin }) => origin.workflowId !== undefined)).toBe(true);
  expect(world.model.asked[2]!.bounds).toMatchObject([{ name: 'node', accountId: agentAccount.id }]);
  world.model.asked.length = 0;
  world.model.script = () => ({ text: 'so' });
  await world.ended(await world.begin({ before: llm, agent: ['ai_agent', { goal: 'x' }] }, 'start -> before -> agent'));
  expect(world.model.asked.map(({ origin }) => origin.accountId)).toEqual([undefined, undefined]);
}); // prettier-ignore

test('an execution calls no more tools than its budget has, whichever agent wants to', async () => {
  const looks = (lamp: string): Line => ({
    calls: [
      ['lamps_get', { id: lamp }],
      ['lamps_get', { id: `${lamp}2` }],
    ],
  });
  world.model.script = ({ messages, tools }) => (tools ? looks(`l${messages.length}`) : { text: 'as far as I got' });
  const agentOf = (): Drawn[string] => ['ai_agent', { goal: 'Look', tools: { operations: ['lamps.get'] } }];
  const id = await world.begin({ first: agentOf(), second: agentOf() }, 'start -> first -> second', {}, world.ana, { budgets: { toolCalls: 3 } });
  expect((await world.ended(id)).outputs).toMatchObject({ stopReason: 'budget', answer: 'as far as I got', toolCalls: [] });
  const calls = (await world.records(id)).filter(({ called_by: by }) => by !== null);
  expect(calls.map(({ status, error }) => error?.type ?? status)).toEqual(['completed', 'completed', 'completed', 'ai-budget-exceeded']);
});
