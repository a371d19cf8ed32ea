import type { Json } from '../graph.ts';
import { NodeError, type NodeRun } from '../nodes/declare.ts';

const textOf = (value: Json): string => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));

/** What is to be reached: what the settings say, or what came in. Throws NodeError where neither says anything. */
export function goalOf({ input }: Pick<NodeRun, 'input'>, { goal }: { goal?: string | undefined }): string {
  const text = goal ?? textOf(input);
  if (text.trim() === '') throw new NodeError('config-invalid', 'config', 'There is no goal: none is set, and nothing came in.');
  return text;
}

/** A block of data for a model: what would close it early, however it is written, does not. */
export const dataBlock = (text: string, from?: string): string =>
  `<data${from === undefined ? '' : ` from="${from}"`}>\n${text.replaceAll(/<(?=\s*\/\s*data)/gi, '<\\')}\n</data>`;
