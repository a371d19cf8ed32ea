import type { AddressInfo } from 'node:net';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem, problemCatalogue, defineProblems } from '#kernel/problem.ts';
import { toy, TOKENS, type Toy } from '#test/toy.ts';

// Where the module that owns them is not loaded, the refusals are the same.
const known = { status: 422, meaning: 'A policy asks for it.', remedy: 'Give it.' };
for (const slug of ['comment-required', 'ticket-required']) if (!problemCatalogue().has(slug)) defineProblems({ [slug]: { ...known, title: slug } });

let seen: { comment: string | undefined; ticket: string | undefined }[] = [];
const dim = defineOperation({
  name: 'lamps.dim', summary: 'Dim a lamp', permission: 'lamps:update', risk: 'write', targets: 'none', input: z.object({ id: z.string() }), output: z.object({ dimmed: z.boolean() }),
  plan: () => ({ summary: 'less light' }),
  run: async ({ comment, ticket }, { id }) => {
    seen.push({ comment, ticket });
    if (comment === undefined) throw new Problem('comment-required', 'Rule "say-why" asks for a comment.');
    if (id === 'big' && ticket === undefined) throw new Problem('ticket-required', 'Rule "big-lamps" asks for a ticket.');
    return { dimmed: true };
  },
}); // prettier-ignore

const empty = defineOperation({
  name: 'lamps.empty', summary: 'Take every lamp away', permission: 'lamps:burn', risk: 'write', change: 'none', stepUp: 300, targets: 'none', input: z.object({}), output: z.object({ gone: z.boolean() }),
  run: async () => ({ gone: true }),
}); // prettier-ignore

let world: Toy;
let url: string;
beforeAll(async () => {
  world = await toy({ more: [dim, empty] });
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}/mcp`;
});
afterAll(() => world.app.close());
beforeEach(() => {
  seen = [];
});

type Era = '2025' | '2026';
type Answer = { action: 'accept' | 'decline' | 'cancel'; content?: Record<string, string> };
interface Asked {
  message: string;
}
/** A client whose person answers as told; `null` for one that cannot ask. */
async function connected(era: Era, answers: Answer[] | null): Promise<{ client: Client; asked: Asked[] }> {
  const asked: Asked[] = [];
  const client = new Client({ name: 'test', version: '1' }, { ...(era === '2026' ? { versionNegotiation: { mode: 'auto' as const } } : {}), capabilities: answers ? { elicitation: { form: {} } } : {} }); // prettier-ignore
  if (answers)
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      asked.push({ message: params.message });
      return answers.shift() ?? { action: 'cancel' as const };
    });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: `Bearer ${TOKENS.alice}` } } }));
  return { client, asked };
}
const call = (client: Client, id: string) => client.callTool({ name: 'lamps_dim', arguments: { id } });

describe.each(['2025', '2026'] as const)('a client of revision %s', (era) => {
  test('devices 57: Given a policy that needs a comment and a client with elicitation, when the tool is called, then `input_required`', async () => {
    const { client, asked } = await connected(era, [{ action: 'accept', content: { comment: 'too bright' } }]);
    expect((await call(client, 'small')).structuredContent).toEqual({ dimmed: true });
    expect(asked).toEqual([{ message: expect.stringContaining('Dim a lamp') }]);
    expect(seen).toEqual([{ comment: undefined, ticket: undefined }, { comment: 'too bright', ticket: undefined }]); // prettier-ignore
    await client.close();
  });

  test('that is refused its answer reads the refusal, and the person is not asked again', async () => {
    const { client, asked } = await connected(era, [{ action: 'decline' }]);
    expect(await call(client, 'small')).toMatchObject({ isError: true, structuredContent: { status: 422, type: 'https://switchyard.dev/problems/comment-required' } });
    expect(asked).toHaveLength(1);
    await client.close();
  }); // prettier-ignore

  test('that cannot ask reads the refusal', async () => {
    const { client } = await connected(era, null);
    expect(await call(client, 'small')).toMatchObject({ isError: true, structuredContent: { type: 'https://switchyard.dev/problems/comment-required' } });
    await client.close();
  }); // prettier-ignore
});

describe.each(['2025', '2026'] as const)('what asks for a fresh proof, in revision %s', (era) => {
  const agent = async (prove: (url: string) => 'accept' | 'decline', modes: Record<string, Record<string, never>> = { form: {}, url: {} }) => {
    const sent: string[] = [];
    const client = new Client({ name: 'test', version: '1' }, { ...(era === '2026' ? { versionNegotiation: { mode: 'auto' as const } } : {}), capabilities: { elicitation: modes } });
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      const address = (params as { url?: string }).url ?? '';
      sent.push(address);
      return { action: prove(address) };
    });
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: `Bearer ${TOKENS.agent}` } } }));
    return { client, sent };
  };
  beforeEach(() => void (world.agentProof.at = new Date(0)));

  test('sends the person to a page of ours, and goes on when they have proven it there', async () => {
    const { client, sent } = await agent(() => {
      world.agentProof.at = new Date();
      return 'accept';
    });
    expect((await client.callTool({ name: 'lamps_empty', arguments: {} })).structuredContent).toEqual({ gone: true });
    expect(sent).toEqual(['https://sy.example/oauth/prove?agent=key-agent&tenant=toys']);
    await client.close();
  });

  test('is refused when they only say so', async () => {
    const { client, sent } = await agent(() => 'accept');
    expect(await client.callTool({ name: 'lamps_empty', arguments: {} })).toMatchObject({ isError: true, structuredContent: { type: 'https://switchyard.dev/problems/step-up-required' } });
    expect(sent).toHaveLength(1);
    await client.close();
  });

  test('is refused where the client cannot open an address', async () => {
    const { client, sent } = await agent(() => 'accept', { form: {} });
    expect(await client.callTool({ name: 'lamps_empty', arguments: {} })).toMatchObject({ isError: true, structuredContent: { status: 401 } });
    expect(sent).toEqual([]);
    await client.close();
  });
}); // prettier-ignore

describe('what a client carries between two rounds', () => {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 't', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
  };
  const post = async (token: string, params: Record<string, unknown>) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${token}`, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'lamps_dim' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'lamps_dim', _meta: meta, ...params } }),
    }); // prettier-ignore
    // oxlint-disable-next-line typescript/no-explicit-any -- answers are read field by field
    return (await answer.json()) as any;
  };
  const answers = { answer: { action: 'accept', content: { comment: 'why not' } } };
  const stateFor = async (id: string): Promise<string> => (await post(TOKENS.alice, { arguments: { id } })).result.requestState;

  test('lets the call go on with the same arguments', async () => {
    const requestState = await stateFor('small');
    expect(await post(TOKENS.alice, { arguments: { id: 'small' }, requestState, inputResponses: answers })).toMatchObject({ result: { structuredContent: { dimmed: true } } });
  }); // prettier-ignore

  test.each([
    ['devices 57: tampered state → −32602', async () => ({ token: TOKENS.alice, id: 'small', state: (await stateFor('small')).replace(/^(.{20})./, (_all, head: string) => `${head}~`) })],
    ['a state for other arguments', async () => ({ token: TOKENS.alice, id: 'other', state: await stateFor('small') })],
    ['the state of somebody else', async () => ({ token: TOKENS.late, id: 'small', state: await stateFor('small') })],
  ])('is nothing where it was not meant: %s', async (_what, make) => {
    const { token, id, state } = await make();
    const count = seen.length;
    expect(await post(token, { arguments: { id }, requestState: state, inputResponses: answers })).toMatchObject({ error: { code: -32602 } });
    expect(seen).toHaveLength(count);
  }); // prettier-ignore
});

test('devices 51: Given a request whose `Mcp-Name` differs from the body, when sent, then 400 with −32020', async () => {
  const body = {
    jsonrpc: '2.0', id: 1, method: 'tools/call',
    params: { name: 'lamps_count', arguments: {}, _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientInfo': { name: 't', version: '1' }, 'io.modelcontextprotocol/clientCapabilities': {} } },
  }; // prettier-ignore
  const send = (headers: Record<string, string>) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${TOKENS.alice}`, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'lamps_count', ...headers }, body: JSON.stringify(body) }); // prettier-ignore
  expect((await send({})).status).toBe(200);
  for (const wrong of [{ 'mcp-name': 'lamps_list' }, { 'mcp-method': 'tools/list' }, { 'mcp-protocol-version': '2025-11-25' }]) {
    const answer = await send(wrong);
    expect([answer.status, ((await answer.json()) as { error: { code: number } }).error.code], JSON.stringify(wrong)).toEqual([400, -32020]);
  }
});
