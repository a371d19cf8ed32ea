import { completable, fromJsonSchema, McpServer, ResourceTemplate, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { addRounds, requestState } from './mcp-rounds.ts';

/** What the official conformance suite expects to find on a server; none of it is part of the product. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=';

const pause = (ms = 50): Promise<void> => new Promise((done) => setTimeout(done, ms));
const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });
const image = { type: 'image' as const, data: PIXEL, mimeType: 'image/png' };
const embedded = (uri: string, mimeType: string, content: string) => ({ type: 'resource' as const, resource: { uri, mimeType, text: content } });

type Reply = { content: object[]; isError?: boolean };
type Simple = [name: string, description: string, run: (ctx: ServerContext) => Reply | Promise<Reply>];

async function logging({ mcpReq }: ServerContext): Promise<Reply> {
  await mcpReq.log('info', 'Tool execution started');
  await pause();
  await mcpReq.log('info', 'Tool processing data');
  await pause();
  await mcpReq.log('info', 'Tool execution completed');
  return text('Logged three messages.');
}

async function progress({ mcpReq }: ServerContext): Promise<Reply> {
  const token = mcpReq._meta?.progressToken;
  for (const done of [0, 50, 100]) {
    if (token !== undefined) await mcpReq.notify({ method: 'notifications/progress', params: { progressToken: token, progress: done, total: 100 } });
    await pause();
  }
  return text('Done.');
}

/** On the stream of the call, as the product asks: the SDK's default is the stream that the client opens by GET, and it may not be there yet. */
const inTheCall = ({ id }: ServerContext['mcpReq']) => ({ relatedRequestId: id });

const elicit = async ({ mcpReq }: ServerContext, message: string, properties: Record<string, object>): Promise<Reply> => {
  const { action, content } = await mcpReq.elicitInput(
    { message, requestedSchema: { type: 'object', properties: properties as never, required: [] } },
    inTheCall(mcpReq),
  );
  return text(`Elicitation completed: action=${action}, content=${JSON.stringify(content ?? {})}`);
};

const DEFAULTS = {
  name: { type: 'string', default: 'John Doe' },
  age: { type: 'integer', default: 30 },
  score: { type: 'number', default: 95.5 },
  status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
  verified: { type: 'boolean', default: true },
};
const values = ['option1', 'option2', 'option3'];
const titled = ['First', 'Second', 'Third'].map((word, at) => ({ const: `value${at + 1}`, title: `${word} Option` }));
const ENUMS = {
  untitledSingle: { type: 'string', enum: values },
  titledSingle: { type: 'string', oneOf: titled },
  legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
  untitledMulti: { type: 'array', items: { type: 'string', enum: values } },
  titledMulti: { type: 'array', items: { anyOf: titled } },
};

const SIMPLE: Simple[] = [
  ['test_simple_text', 'Returns text', () => text('This is a simple text response for testing.')],
  ['test_image_content', 'Returns an image', () => ({ content: [image] })],
  ['test_audio_content', 'Returns audio', () => ({ content: [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }] })],
  [
    'test_embedded_resource',
    'Returns a resource',
    () => ({ content: [embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')] }),
  ],
  [
    'test_multiple_content_types',
    'Returns text, image and resource',
    () => ({
      content: [
        ...text('Multiple content types test:').content,
        image,
        embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
      ],
    }),
  ],
  ['test_tool_with_logging', 'Logs while it runs', logging],
  ['test_tool_with_progress', 'Reports progress', progress],
  ['test_error_handling', 'Fails', () => ({ ...text('This tool intentionally returns an error for testing'), isError: true })],
  ['test_elicitation_sep1034_defaults', 'Asks with defaults', (ctx) => elicit(ctx, 'Please confirm', DEFAULTS)],
  ['test_elicitation_sep1330_enums', 'Asks with enumerations', (ctx) => elicit(ctx, 'Please choose', ENUMS)],
];

function addTools(mcp: McpServer): void {
  for (const [name, description, run] of SIMPLE)
    mcp.registerTool(name, { description, inputSchema: z.object({}) }, (_args, ctx) => run(ctx) as never);
  mcp.registerTool(
    'test_sampling',
    { description: 'Asks the client’s model', inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, { mcpReq }) => {
      const { content } = await mcpReq.requestSampling(
        { messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 100 },
        inTheCall(mcpReq),
      );
      const [part] = [content].flat();
      return text(`LLM response: ${part?.type === 'text' ? part.text : ''}`);
    },
  );
  mcp.registerTool('test_elicitation', { description: 'Asks the person', inputSchema: z.object({ message: z.string() }) }, ({ message }, ctx) =>
    elicit(ctx, message, { username: { type: 'string', description: "User's response" }, email: { type: 'string', description: "User's email address" } }) as never,
  ); // prettier-ignore
  mcp.registerTool(
    'json_schema_2020_12_tool',
    { description: 'Tool with JSON Schema 2020-12 features', inputSchema: fromJsonSchema(SCHEMA_2020) },
    () => text('ok') as never,
  );
  mcp.registerTool('test_reconnection', { description: 'Ends its stream before its result', inputSchema: z.object({}) }, async (_args, { http }) => {
    http?.closeSSE?.();
    await pause(100);
    return text('Reconnection test completed successfully.');
  });
}

function addResources(mcp: McpServer): void {
  const one = (uri: string, content: object) => ({ contents: [{ uri, ...content }] }) as never;
  mcp.registerResource('static-text', 'test://static-text', { description: 'Text', mimeType: 'text/plain' }, () =>
    one('test://static-text', { mimeType: 'text/plain', text: 'This is the content of the static text resource.' }),
  );
  mcp.registerResource('static-binary', 'test://static-binary', { description: 'Image', mimeType: 'image/png' }, () =>
    one('test://static-binary', { mimeType: 'image/png', blob: PIXEL }),
  );
  mcp.registerResource('watched', 'test://watched-resource', { description: 'Watched', mimeType: 'text/plain' }, () =>
    one('test://watched-resource', { mimeType: 'text/plain', text: 'watched' }),
  );
  mcp.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { description: 'By id', mimeType: 'application/json' },
    (uri, { id }) =>
      one(uri.href, { mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }) }),
  );
  mcp.server.setRequestHandler('resources/subscribe', () => ({}));
  mcp.server.setRequestHandler('resources/unsubscribe', () => ({}));
}

function addPrompts(mcp: McpServer): void {
  const user = (...contents: object[]) => ({ messages: contents.map((content) => ({ role: 'user' as const, content })) }) as never;
  const say = (value: string) => ({ type: 'text', text: value });
  mcp.registerPrompt('test_simple_prompt', { description: 'A prompt' }, () => user(say('This is a simple prompt for testing.')));
  mcp.registerPrompt(
    'test_prompt_with_arguments',
    {
      description: 'A prompt with arguments',
      argsSchema: z.object({
        arg1: completable(z.string(), (value) => ['paris', 'park', 'party'].filter((word) => word.startsWith(value))),
        arg2: z.string(),
      }),
    },
    ({ arg1, arg2 }) => user(say(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  );
  mcp.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'A prompt with a resource', argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) =>
      user(embedded(resourceUri, 'text/plain', 'Embedded resource content for testing.'), say('Please process the embedded resource above.')),
  );
  mcp.registerPrompt('test_prompt_with_image', { description: 'A prompt with an image' }, () => user(image, say('Please analyze the image above.')));
}

const SCHEMA_2020 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: { address: { $anchor: 'addressDef', type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

/** A server with the suite's fixtures. */
export function fixtureServer(): McpServer {
  const mcp = new McpServer(
    { name: 'fixtures', version: '1.0.0' },
    { capabilities: { logging: {}, resources: { subscribe: true }, prompts: {}, tools: {}, completions: {} }, requestState },
  );
  addTools(mcp);
  addRounds(mcp);
  addResources(mcp);
  addPrompts(mcp);
  return mcp;
}
