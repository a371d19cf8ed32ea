import { t } from '#lib/i18n.ts';
import { KINDS, type Model, type Provider, type Settings } from './types.ts';

/** Models that nobody is set up for stand under the kind of provider that would have them. */
function kindText(provider: string): string {
  const kind = KINDS.find((one) => one === provider);
  return kind ? t(`ai.kind.${kind}`) : provider;
}

/**
 * Why a model cannot be used now, in the reader's language, with what to do about it where that is known; the server's own words
 * otherwise. Null when it can be used.
 */
export function whyNot(model: Model, providers: readonly Provider[], { forbiddenKinds, regions }: Pick<Settings, 'forbiddenKinds' | 'regions'>): string | null {
  if (model.unavailable === null) return null;
  const provider = providers.find(({ name }) => name === model.provider);
  if (!provider) return t('ai.why.provider', { kind: kindText(model.provider) });
  const { kind, label: name, region } = provider;
  if (!provider.enabled) return t('ai.why.providerOff', { name });
  if (!model.enabled) return t('ai.why.modelOff');
  if (provider.apiKey === null && kind !== 'compatible' && kind !== 'mock') return t('ai.why.key', { name });
  if (forbiddenKinds.includes(kind)) return t('ai.why.forbidden', { kind: t(`ai.kind.${kind}`) });
  return regions.length > 0 && (region === null || !regions.includes(region)) ? t('ai.why.region') : model.unavailable;
} // prettier-ignore
