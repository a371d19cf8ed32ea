import type { Context, ReadContext } from '#kernel/context.ts';
import { Problem, type FieldError } from '#kernel/problem.ts';
import { isReference, SecretReferences, type Reference } from '#kernel/secret-references.ts';
import { Courier, Surroundings } from './providers/port.ts';
import { headerFault, matchesPattern, WEBHOOKS } from './rules.ts';

const invalid = (errors: FieldError[]): Problem => new Problem('validation-failed', `${errors[0]!.pointer}: ${errors[0]!.message}.`, { errors });

interface Wish {
  url?: string | undefined;
  events?: readonly string[] | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

function requireTarget(ctx: ReadContext, url: string): void {
  const fault = ctx.provider(Courier).urlFault(url);
  if (fault === null) return;
  throw new Problem('webhook-target-forbidden', `Events must not be sent to that address: ${fault}.`, {
    errors: [{ pointer: '/url', message: fault }],
  });
}

/** A pattern that fits no event is a slip of the pen that would be noticed by silence only. */
function requireEvents(ctx: ReadContext, events: readonly string[]): void {
  const types = ctx.provider(Surroundings).catalogue();
  const errors = events.flatMap((pattern, at): FieldError[] =>
    types.some(({ type }) => matchesPattern(pattern, type)) ? [] : [{ pointer: `/events/${at}`, message: `"${pattern}" is no event. See webhooks.eventTypes` }],
  ); // prettier-ignore
  if (errors.length > 0) throw invalid(errors);
}

function requireHeaders(headers: Readonly<Record<string, string>>): void {
  const names = Object.keys(headers);
  const errors = names.flatMap((name): FieldError[] => {
    const fault = headerFault(name);
    return fault === null ? [] : [{ pointer: `/headers/${name}`, message: fault }];
  });
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) errors.push({ pointer: '/headers', message: 'A header is given twice' });
  if (names.length > WEBHOOKS.headers) errors.push({ pointer: '/headers', message: `At most ${WEBHOOKS.headers}` });
  if (errors.length > 0) throw invalid(errors);
}

/** Throws where a field of the wish cannot be; what is left out is not looked at. */
export function requireFields(ctx: ReadContext, { url, events, headers }: Wish): void {
  if (url !== undefined) requireTarget(ctx, url);
  if (events !== undefined) requireEvents(ctx, events);
  if (headers !== undefined) requireHeaders(headers);
}

export const referencesIn = (headers: Readonly<Record<string, string>>): Reference[] =>
  Object.entries(headers).flatMap(([name, text]) => (isReference(text) ? [{ pointer: `/headers/${name}`, text }] : []));

/** Records which secrets the headers name, or that they name none any more. Throws where one is not there, or may not be named. */
export async function linkSecrets(ctx: Context, webhook: { id: string; name: string }, before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Promise<void> {
  const found = referencesIn(after);
  if (found.length === 0 && referencesIn(before).length === 0) return;
  await ctx.provider(SecretReferences).link(ctx, { kind: 'webhook', id: webhook.id, name: webhook.name }, found);
} // prettier-ignore
