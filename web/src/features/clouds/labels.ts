import { t } from '#lib/i18n.ts';

const KEY = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const MOST = 32;

export const labelsText = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

/** Reads `role=web team=shop`; a word without `=` is a key with an empty value. The server decides; this tells early. */
export function parseLabels(text: string): { labels: Record<string, string>; fault: string | null } {
  const labels: Record<string, string> = {};
  for (const word of text.split(/[\s,]+/).filter(Boolean)) {
    const at = word.indexOf('=');
    const [key, value] = at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
    if (!KEY.test(key) || key.startsWith('switchyard-') || key.startsWith('switchyard/')) return { labels, fault: t('labels.badKey', { key }) };
    if (!VALUE.test(value)) return { labels, fault: t('labels.badValue', { key, value }) };
    labels[key] = value;
  }
  return { labels, fault: Object.keys(labels).length > MOST ? t('labels.many', { count: MOST }) : null };
}
