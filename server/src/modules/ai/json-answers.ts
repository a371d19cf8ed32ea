import type { AiAnswer, AiRequest, AiToolCall } from '#kernel/ai.ts';

type Json = AiToolCall['arguments'];
/** JSON Schema, as the rest of the product reads it: what does not fit, and where. */
export interface Schemas {
  misfits: (schema: Json, value: Json) => readonly { pointer: string; message: string }[];
  /** What is wrong with a schema itself. */
  fault: (schema: Json) => string | undefined;
}
const TOLD = 10;

/** Told to the model behind its system prompt. */
export function jsonOrder(output: AiRequest['output']): string {
  if (output?.kind !== 'json') return '';
  const shape = output.schema === undefined ? '' : ` that fits this JSON Schema:\n${JSON.stringify(output.schema)}`;
  return `Answer with one JSON value and nothing else, without code fences${shape}`;
}

/** Models like to put a fence or a sentence around what they were asked for. */
function bare(text: string): string {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/i.exec(text);
  return (fenced?.[1] ?? text).trim();
}

/** The value that a text is, or why it is none that fits. */
export function readJson(text: string, output: AiRequest['output'], { misfits }: Pick<Schemas, 'misfits'>): Pick<AiAnswer, 'json' | 'jsonFault'> {
  if (output?.kind !== 'json') return {};
  let json: Json;
  try {
    json = JSON.parse(bare(text)) as Json;
  } catch (error) {
    return { jsonFault: `it is no JSON: ${(error as Error).message.slice(0, 200)}` };
  }
  const faults = output.schema === undefined || output.schema === null ? [] : misfits(output.schema, json);
  if (faults.length === 0) return { json };
  return { jsonFault: faults.slice(0, TOLD).map(({ pointer, message }) => `${pointer || 'it'} ${message}`).join('; ') };
} // prettier-ignore
