import type { Json } from '../graph.ts';

/** A message of a conversation, as models take them. */
export interface Said {
  role: 'user' | 'assistant';
  text: string;
}

const isFields = (value: Json): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a workflow answers: of an agent or a model what it said, else what the execution made. */
export function answerOf(outputs: Json): Json {
  if (!isFields(outputs)) return outputs;
  const { answer, text } = outputs;
  return answer ?? text ?? outputs;
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What was said before, oldest first: of turns that have no answer what was asked. */
export const historyOf = (turns: readonly { message: string | null; answer: Json }[]): Said[] =>
  turns.flatMap(({ message, answer }): Said[] => [
    ...(message === null ? [] : [{ role: 'user' as const, text: message }]),
    ...(answer === null ? [] : [{ role: 'assistant' as const, text: asText(answer) }]),
  ]);

const MOST_TITLE = 80;
/** The beginning of the first message, on one line. */
export function titleOf(message: string): string {
  const line = message.trim().replaceAll(/\s+/g, ' ');
  return line.length <= MOST_TITLE ? line : `${line.slice(0, MOST_TITLE - 1)}…`;
}

const STYLES: Readonly<Record<string, string>> = {
  concise: 'Answer in one to three sentences.',
  standard: 'Answer as briefly as the question allows.',
  detailed: 'Answer in full, with reasons and steps.',
};
/** For the model, in words. */
export const styleText = (style: Json | undefined): string => STYLES[String(style)] ?? STYLES['standard']!;
