import type { AiModelView, Purpose } from '#kernel/ai.ts';
import type { Database } from '#kernel/database.ts';
import { CATALOGUE, NEEDS_KEY, type KnownModel } from './catalogue.ts';
import { priceOf, type ModelView } from './schemas.ts';
import { modelRowsOf, providersOf, settingsOf, type AiSettings } from './store.ts';
import type { ModelRow, ProviderKind, ProviderRow } from './tables.ts';

/** A model with who answers for it; `provider` is undefined where nobody is set up. */
export interface Entry {
  view: ModelView;
  /** Its name at the provider. */
  model: string;
  provider: ProviderRow | undefined;
}

/** Kinds that need an address or a script of their own are not shown before somebody sets one up. */
const SHOWN: readonly ProviderKind[] = ['openai', 'anthropic', 'google', 'cohere'];

/** Why the tenant's own rules do not let a provider be asked; null when they do. */
export function ruleFault({ name, kind, region }: Pick<ProviderRow, 'name' | 'kind' | 'region'>, rules: Pick<AiSettings, 'forbiddenKinds' | 'regions'>): string | null {
  if (rules.forbiddenKinds.includes(kind)) return `providers of the kind ${kind} are forbidden in this tenant`;
  if (rules.regions.length > 0 && (region === null || !rules.regions.includes(region)))
    return `the provider ${name} works ${region === null ? 'in no region that is said' : `in ${region}`}, and this tenant allows ${rules.regions.join(', ')} only`;
  return null;
} // prettier-ignore

function fault(provider: ProviderRow, rules: AiSettings, isEnabled: boolean): string | null {
  if (!provider.enabled) return `the provider ${provider.name} is switched off`;
  if (!isEnabled) return 'the model is switched off';
  if (NEEDS_KEY.has(provider.kind) && provider.apiKey === null) return `the provider ${provider.name} has no key`;
  return ruleFault(provider, rules);
}

function entryOf(provider: ProviderRow, rules: AiSettings, known: KnownModel | undefined, row: ModelRow | undefined): Entry {
  const model = row?.model ?? known!.model;
  const enabled = row?.enabled ?? true;
  return {
    model,
    provider,
    view: {
      id: `${provider.name}/${model}`,
      provider: provider.name,
      kind: row?.kind ?? known!.kind,
      label: row?.label ?? known!.label,
      context: row ? row.context : known!.context,
      price: row ? priceOf(row) : known!.price,
      unavailable: fault(provider, rules, enabled),
      enabled,
      own: known === undefined,
      overridden: known !== undefined && row !== undefined,
    },
  };
}

const missing = (kind: ProviderKind, { model, price, ...known }: KnownModel): Entry => ({
  model,
  provider: undefined,
  view: {
    ...known, price, id: `${kind}/${model}`, provider: kind, unavailable: `no provider of the kind ${kind} is set up`, enabled: true, own: false, overridden: false,
  },
}); // prettier-ignore

/** All models of a tenant: what its providers bring, as the tenant says it, and what could be had of the usual ones. */
export async function entriesOf(where: { db: Database; tenantId: string }): Promise<{ entries: Entry[]; rules: AiSettings }> {
  const rules = await settingsOf(where);
  const rows = await modelRowsOf(where);
  const set = await providersOf(where);
  const known = set.flatMap((provider) => {
    const own = rows.filter(({ providerId }) => providerId === provider.id);
    const listed = CATALOGUE[provider.kind];
    return [
      ...listed.map((one) => entryOf(provider, rules, one, own.find(({ model }) => model === one.model))),
      ...own.filter(({ model }) => listed.every((one) => one.model !== model)).map((row) => entryOf(provider, rules, undefined, row)),
    ];
  }); // prettier-ignore
  const absent = SHOWN.filter((kind) => set.every((provider) => provider.kind !== kind && provider.name !== kind));
  return { entries: [...known, ...absent.flatMap((kind) => CATALOGUE[kind].map((one) => missing(kind, one)))], rules };
}

/** The model id that a purpose has. What writes text falls back on the model of `llm`; vectors have none to fall back on. */
export const defaultOf = ({ defaults }: Pick<AiSettings, 'defaults'>, purpose: Purpose): string | null =>
  defaults[purpose] ?? (purpose === 'embedding' ? null : defaults.llm);

/** As the rest of the product sees it. */
export const plainView = ({ id, provider, kind, label, context, price, unavailable }: ModelView): AiModelView => ({
  id, provider, kind, label, context, price, unavailable,
}); // prettier-ignore
