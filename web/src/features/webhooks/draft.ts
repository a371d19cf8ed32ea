import { parseLabels, labelsText } from '#features/clouds/labels.ts';
import { t } from '#lib/i18n.ts';
import type { Webhook } from './api.ts';

export interface HeaderDraft {
  name: string;
  value: string;
}
/** A webhook while it is written. Lists are words with blanks between them. */
export interface WebhookDraft {
  name: string;
  description: string;
  url: string;
  events: readonly string[];
  environments: string;
  labels: string;
  redact: string;
  /** Null: those that there are stay as they are, since their values cannot be read. */
  headers: readonly HeaderDraft[] | null;
  rate: string;
  ordered: boolean;
  /** The receiver has to answer before it hears of anything. Left out when it is made, it is as the plan has it. */
  challenge: boolean;
}
/** What the server takes when nothing is said. */
const USUAL_RATE = '50';
export const NEW_WEBHOOK: WebhookDraft = {
  name: '',
  description: '',
  url: '',
  events: [],
  environments: '',
  labels: '',
  redact: '',
  headers: [],
  rate: USUAL_RATE,
  ordered: false,
  challenge: false,
};
export const draftOf = (webhook: Webhook): WebhookDraft => ({
  name: webhook.name,
  description: webhook.description ?? '',
  url: webhook.url,
  events: webhook.events,
  environments: webhook.environments.join(' '),
  labels: labelsText(webhook.labels),
  redact: webhook.redact.join(' '),
  headers: webhook.headerNames.length > 0 ? null : [],
  rate: String(webhook.rate),
  ordered: webhook.ordered,
  challenge: webhook.challenge,
});

export const MOST_HEADERS = 10;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
const words = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
const filled = (headers: readonly HeaderDraft[]): HeaderDraft[] => headers.filter(({ name, value }) => name.trim() !== '' || value !== '');

/** What is wrong with one header, in words; null when it can be sent. The server refuses more names than these. */
export function headerFault({ name, value }: HeaderDraft): string | null {
  if (name.trim() === '' && value === '') return null;
  if (!HEADER_NAME.test(name.trim())) return t('webhooks.headers.badName');
  if (/^(host|content-.*|webhook-.*|connection|transfer-encoding)$/i.test(name.trim())) return t('webhooks.headers.reserved', { name: name.trim() });
  return /^[\x20-\x7e]{1,1000}$/.test(value) ? null : t('webhooks.headers.badValue');
}

const isRate = (text: string): boolean => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1_000;
export const rateFault = (text: string): string | null => (isRate(text) ? null : t('webhooks.rate.bad'));
export const labelsFault = (text: string): string | null => parseLabels(text).fault;

/** All that can be said before the server is asked. */
export const isReady = (draft: WebhookDraft): boolean =>
  draft.name.trim() !== '' &&
  draft.url.trim() !== '' &&
  draft.events.length > 0 &&
  isRate(draft.rate) &&
  labelsFault(draft.labels) === null &&
  (draft.headers ?? []).every((header) => headerFault(header) === null);

/** What both making and changing take. */
function fieldsOf(draft: WebhookDraft): Record<string, unknown> {
  const description = draft.description.trim();
  return {
    name: draft.name.trim(),
    ...(description ? { description } : {}),
    url: draft.url.trim(),
    events: [...draft.events],
    environments: words(draft.environments),
    labels: parseLabels(draft.labels).labels,
    redact: words(draft.redact),
    ...(draft.headers ? { headers: Object.fromEntries(filled(draft.headers).map(({ name, value }) => [name.trim(), value])) } : {}),
    rate: Number(draft.rate),
    ordered: draft.ordered,
  };
}

/** A new one. Whether proof is asked for is left to the plan unless it was chosen. */
export const bodyOf = (draft: WebhookDraft): Record<string, unknown> => ({ ...fieldsOf(draft), ...(draft.challenge ? { challenge: true } : {}) });

const whole = (draft: WebhookDraft): Record<string, unknown> => ({
  ...fieldsOf(draft),
  description: draft.description.trim() || null,
  challenge: draft.challenge,
});
/** Only what was changed, so that two people who change different things do not undo one another. */
export function changesOf(before: WebhookDraft, draft: WebhookDraft): Record<string, unknown> {
  const [old, next] = [whole(before), whole(draft)];
  return Object.fromEntries(Object.entries(next).filter(([key, value]) => JSON.stringify(old[key]) !== JSON.stringify(value)));
}
