import { jsonSchema, tool, type JSONSchema7, type ModelMessage, type ToolSet } from 'ai';
import type { AiMessage, AiTool, AiToolCall } from '#kernel/ai.ts';

type Json = AiToolCall['arguments'];
const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Images as bytes: a text that looks like an address would be fetched by the library, past our guard. */
function userOf({ text, images = [] }: Extract<AiMessage, { role: 'user' }>): ModelMessage {
  const pictures = images.map(({ mime, base64 }) => ({
    type: 'file' as const,
    data: new Uint8Array(Buffer.from(base64, 'base64')),
    mediaType: mime,
  }));
  return { role: 'user', content: [{ type: 'text', text }, ...pictures] };
}

/** As the library has messages. Arguments that were no object when the model gave them are one when they are told again. */
export function messageOf(message: AiMessage): ModelMessage {
  if (message.role === 'user') return userOf(message);
  if (message.role === 'tool') {
    const { callId, name, text } = message;
    return { role: 'tool', content: [{ type: 'tool-result', toolCallId: callId, toolName: name, output: { type: 'text', value: text } }] };
  }
  const calls = (message.toolCalls ?? []).map(({ id, name, arguments: given }) => ({
    type: 'tool-call' as const, toolCallId: id, toolName: name, input: isObject(given) ? given : { given },
  })); // prettier-ignore
  const said = message.text === '' ? [] : [{ type: 'text' as const, text: message.text }];
  return { role: 'assistant', content: [...said, ...calls] };
}

/** Offered and never run by the library: they have no `execute`, so that calls come back to who asked. */
export const toolsOf = (tools: readonly AiTool[]): ToolSet =>
  Object.fromEntries(tools.map(({ name, description, schema }) => [name, tool({ description, inputSchema: jsonSchema(schema as JSONSchema7) })]));
