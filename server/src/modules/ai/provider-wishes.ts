import type { Context, ReadContext } from '#kernel/context.ts';
import { Problem, type FieldError } from '#kernel/problem.ts';
import { SecretReferences, type Reference } from '#kernel/secret-references.ts';
import { BASE_URLS, NEEDS_KEY } from './catalogue.ts';
import type { ProviderRow } from './tables.ts';

/** A tenant has few; each is looked at with every call. */
export const PROVIDERS = 20;

export type ProviderWish = Pick<
  ProviderRow,
  'kind' | 'name' | 'baseUrl' | 'apiKey' | 'script' | 'region' | 'label' | 'confidential' | 'timeoutSeconds' | 'enabled'
>;

/** Addresses are shown to whoever sees providers: what may be a key stands in none. */
function isPlain(address: string): boolean {
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].every((part) => part === '');
}

const fault = (pointer: string, message: string): FieldError => ({ pointer, message });

function faultsOfMock({ baseUrl, apiKey }: ProviderWish): FieldError[] {
  if (baseUrl === null && apiKey === null) return [];
  return [fault(baseUrl === null ? '/apiKey' : '/baseUrl', 'The mock is nowhere and needs no key')];
}

/** Fields that do not go together, or are missing; empty when the provider can be used. */
function faultsOf(wish: ProviderWish): FieldError[] {
  const { kind, baseUrl, apiKey, script } = wish;
  if (kind === 'mock') return faultsOfMock(wish);
  const faults: (FieldError | false)[] = [
    baseUrl === null && BASE_URLS[kind] === undefined && fault('/baseUrl', `A provider of the kind ${kind} needs its address`),
    baseUrl !== null && !isPlain(baseUrl) && fault('/baseUrl', 'An address has no user, query or fragment: keys are secrets, by reference'),
    NEEDS_KEY.has(kind) && apiKey === null && fault('/apiKey', `A provider of the kind ${kind} needs a key`),
    script !== null && fault('/script', 'Only the mock has a script'),
  ];
  return faults.filter((one) => one !== false);
}

export function requireGood(wish: ProviderWish): void {
  const errors = faultsOf(wish);
  if (errors.length > 0) throw new Problem('ai-provider-invalid', `The provider cannot be used like this: ${errors[0]!.message}.`, { errors });
}

const references = ({ apiKey }: Pick<ProviderWish, 'apiKey'>): Reference[] => (apiKey === null ? [] : [{ pointer: '/apiKey', text: apiKey }]);

/** May the caller hand this key to the provider? */
export async function checkKey(ctx: ReadContext, wish: ProviderWish): Promise<void> {
  if (wish.apiKey !== null) await ctx.provider(SecretReferences).check(ctx, references(wish));
}

export const linkKey = (ctx: Context, id: string, wish: ProviderWish): Promise<void> =>
  ctx.provider(SecretReferences).link(ctx, { kind: 'aiProvider', id, name: wish.name }, references(wish));

export const nameTaken = (name: string): Problem =>
  new Problem('ai-provider-name-taken', `A provider is called "${name}" already.`, { errors: [{ pointer: '/name', message: 'Is taken' }] });

/** What is shown of a provider in a plan. */
export const shownOf = ({ kind, name, label, baseUrl, region, apiKey, enabled, confidential, timeoutSeconds, script }: ProviderWish) => ({
  kind, name, label, baseUrl, region, apiKey, enabled, confidential, timeoutSeconds, script: script === null ? null : `${script.rules.length} rules`,
}); // prettier-ignore
