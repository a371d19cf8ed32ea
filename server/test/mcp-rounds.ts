import { randomBytes } from 'node:crypto';
import {
  acceptedContent,
  createRequestStateCodec,
  fromJsonSchema,
  inputRequired,
  inputResponse,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

/** What the conformance suite expects of revision 2026-07-28: questions in the middle of a request, and calls that need a capability. */
const codec = createRequestStateCodec<{ step: number }>({ key: randomBytes(32), ttlSeconds: 600 });
export const requestState = { verify: (state: string, ctx: ServerContext) => codec.verify(state, ctx) };

type Reply = { content: object[] } | InputRequiredResult;
type Questions = Record<string, ReturnType<typeof inputRequired.elicit>>;
const text = (value: string): Reply => ({ content: [{ type: 'text' as const, text: value }] });

const elicit = (message: string, property: string, schema: z.ZodType = z.string()) =>
  inputRequired.elicit({ message, requestedSchema: z.object({ [property]: schema }) });
const sample = (question: string, maxTokens: number) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: question } }], maxTokens });

const answeredAll = (ctx: ServerContext, questions: Questions): boolean =>
  Object.keys(questions).every((key) => inputResponse(ctx.mcpReq.inputResponses, key).kind !== 'missing');

/** Asks once, and answers when everything that was asked has been. */
const asking =
  (questions: Questions, sealed: boolean, done: string) =>
  async (ctx: ServerContext): Promise<Reply> => {
    if (answeredAll(ctx, questions)) return text(done);
    return inputRequired({ inputRequests: questions, ...(sealed ? { requestState: await codec.mint({ step: 1 }, ctx) } : {}) });
  };

const NAME = z.object({ name: z.string() });
async function greeting({ mcpReq }: ServerContext): Promise<Reply> {
  const answer = acceptedContent(mcpReq.inputResponses, 'user_name', NAME);
  if (answer) return text(`Hello, ${answer.name}!`);
  return inputRequired({ inputRequests: { user_name: elicit('What is your name?', 'name') } });
}

const STEPS: Questions[] = [
  { step1: elicit('Step 1: What is your name?', 'name') },
  { step2: elicit('Step 2: What is your favorite color?', 'color') },
];
async function rounds(ctx: ServerContext): Promise<Reply> {
  const { step = 0 } = ctx.mcpReq.requestState<{ step: number }>() ?? {};
  const asked = STEPS[step - 1];
  const next = asked && !answeredAll(ctx, asked) ? step : step + 1;
  const questions = STEPS[next - 1];
  return questions ? inputRequired({ inputRequests: questions, requestState: await codec.mint({ step: next }, ctx) }) : text('All steps are done.');
}

const CONFIRM = { confirm: elicit('Please confirm', 'ok', z.boolean()) };
const TOOLS: Record<string, (ctx: ServerContext, mcp: McpServer) => Reply | Promise<Reply>> = {
  test_input_required_result_elicitation: greeting,
  test_input_required_result_sampling: asking({ capital_question: sample('What is the capital of France?', 100) }, false, 'Paris'),
  test_input_required_result_list_roots: asking({ client_roots: inputRequired.listRoots() }, false, 'The roots are known.'),
  test_input_required_result_request_state: asking(CONFIRM, true, 'state-ok'),
  test_input_required_result_tampered_state: asking(CONFIRM, true, 'state-ok'),
  test_input_required_result_multiple_inputs: asking(
    { user_name: elicit('What is your name?', 'name'), greeting: sample('Generate a greeting', 50), client_roots: inputRequired.listRoots() },
    true,
    'Everything was answered.',
  ),
  test_input_required_result_multi_round: rounds,
  test_input_required_result_capabilities: (_ctx, mcp) => {
    const { sampling, elicitation } = mcp.server.getClientCapabilities() ?? {};
    return inputRequired({
      inputRequests: {
        ...(sampling ? { sampled: sample('Say something', 50) } : {}),
        ...(elicitation ? { asked: elicit('Say something', 'said') } : {}),
      },
    });
  },
  // The SDK refuses a question that the client has not said it can answer (-32021).
  test_missing_capability: asking({ sampled: sample('Say something', 50) }, false, 'The client can sample.'),
  test_streaming_elicitation: asking(CONFIRM, false, 'Confirmed.'),
  test_logging_tool: async ({ mcpReq }) => {
    await mcpReq.log('info', 'Said only to who asked for it');
    return text('Logged.');
  },
};

const WITH_HEADER = { type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } }, required: ['region'] };

/** Tools and a prompt that ask before they answer. */
export function addRounds(mcp: McpServer): void {
  for (const [name, run] of Object.entries(TOOLS))
    mcp.registerTool(name, { description: name.replaceAll('_', ' '), inputSchema: z.object({}) }, (_args, ctx) => run(ctx, mcp) as never);
  mcp.registerTool(
    'test_custom_header',
    {
      description: 'Has an argument that travels in a header as well',
      inputSchema: fromJsonSchema(WITH_HEADER as never),
    },
    () => text('ok') as never,
  );
  const context = { user_context: elicit('What context should the prompt use?', 'context') };
  mcp.registerPrompt('test_input_required_result_prompt', { description: 'A prompt that asks first' }, (ctx: ServerContext) =>
    answeredAll(ctx, context)
      ? ({ messages: [{ role: 'user', content: { type: 'text', text: 'Use the context.' } }] } as never)
      : (inputRequired({ inputRequests: context }) as never),
  );
}
