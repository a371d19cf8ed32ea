import { urlOf } from '#lib/api.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import { callFor } from './call.ts';

type Named = Pick<ManifestOperation, 'name' | 'command' | 'method' | 'path'>;
export interface Remarks {
  comment?: string | undefined;
  ticket?: string | undefined;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** As a POSIX shell reads it: plain words as they are, all else in single quotes. */
export const shellWord = (text: string): string => (/^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

const optionsFor = (name: string, value: unknown): string[] => {
  const option = `--${kebab(name)}`;
  if (value === true) return [option];
  if (value === false) return [`--no-${kebab(name)}`];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.flatMap((item) => [option, shellWord(String(item))]);
  return [option, shellWord(typeof value === 'object' ? JSON.stringify(value) : String(value))];
};

/** The command that does the same: `switchyard servers create --name web-1`. */
export function cliFor(operation: Named, input: Record<string, unknown>, { comment, ticket }: Remarks = {}): string {
  const words = operation.command ?? operation.name.split('.').map(kebab);
  const options = Object.entries({ ...input, comment, ticket }).filter(([, value]) => value !== undefined && value !== '');
  return ['switchyard', ...words, ...options.flatMap(([name, value]) => optionsFor(name, value))].join(' ');
}

/** The request that does the same, for a shell; the key comes from the environment, so that it stays out of the history. */
export function curlFor(operation: Named, input: Record<string, unknown>, origin: string, { comment, ticket }: Remarks = {}): string {
  const { method, path, query, body } = callFor(operation, input);
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${shellWord(origin + urlOf(path, query))}`,
    `-H "Authorization: Bearer $SWITCHYARD_API_KEY"`,
    ...(comment ? [`-H ${shellWord(`X-Switchyard-Comment: ${encodeURIComponent(comment)}`)}`] : []),
    ...(ticket ? [`-H ${shellWord(`X-Switchyard-Ticket: ${encodeURIComponent(ticket)}`)}`] : []),
    ...(body ? [`-H 'Content-Type: application/json'`, `-d ${shellWord(JSON.stringify(body))}`] : []),
  ];
  return lines.join(' \\\n  ');
}
