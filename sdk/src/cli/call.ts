import type { Answer, Api } from './api.ts';
import type { Flags } from './flags.ts';
import type { Command } from './spec.ts';

type Input = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));

function envelope({ comment, ticket, idempotencyKey, ifMatch }: Flags): Record<string, string> {
  return {
    ...(comment === undefined ? {} : { 'X-Switchyard-Comment': encodeURIComponent(comment) }),
    ...(ticket === undefined ? {} : { 'X-Switchyard-Ticket': encodeURIComponent(ticket) }),
    ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
    ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
  };
}

/** One operation over REST. A field that the command does not know goes where most do, for the server to judge. */
export function callOperation(api: Api, command: Command, input: Input, flags: Flags): Promise<Answer> {
  const inPath = new Set(command.fields.filter((field) => field.in === 'path').map(({ name }) => name));
  const path = command.path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(text(input[name])));
  const rest = Object.entries(input).filter(([name]) => !inPath.has(name));
  const bodyless = command.method === 'GET' || command.method === 'DELETE';
  const query = bodyless ? rest.flatMap(([name, value]) => [value].flat().map((one) => [name, text(one)] as const)) : [];
  if (flags.dryRun) query.push(['dryRun', 'true']);
  if (flags.draft) query.push(['draft', 'true']);
  if (flags.emergency) query.push(['emergency', 'true']);
  return api.request(command.method, path, { query, headers: envelope(flags), ...(bodyless ? {} : { body: Object.fromEntries(rest) }) });
}
