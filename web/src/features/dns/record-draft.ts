import { t } from '#lib/i18n.ts';
import { fullName, relativeName } from './record-name.ts';
import { formatValue, formOf, initialValues, missingFields, parseValue, type Values } from './record-types.ts';
import type { NewRecord } from './staging.ts';
import type { DnsRecord } from './types.ts';

/** A record while it is being written: its value in parts where its type has them, else as text. */
export interface RecordDraft {
  name: string;
  type: string;
  ttl: string;
  comment: string;
  values: Values;
  /** Presentation form, for types and values that have no fields. */
  raw: string;
  asText: boolean;
}

export const newDraft = (type = 'A'): RecordDraft => ({
  name: '',
  type,
  ttl: '',
  comment: '',
  values: initialValues(type),
  raw: '',
  asText: !formOf(type),
});

/** `ttl` null: none was asked for. */
export function draftOf(record: Pick<DnsRecord, 'name' | 'type' | 'value' | 'comment'> & { ttl: number | null }, zone: string): RecordDraft {
  const values = parseValue(record.type, record.value);
  return {
    name: relativeName(record.name, zone),
    type: record.type,
    ttl: record.ttl === null ? '' : String(record.ttl),
    comment: record.comment ?? '',
    values: values ?? initialValues(record.type),
    raw: record.value,
    asText: values === undefined,
  };
}

export const withType = (draft: RecordDraft, type: string): RecordDraft => ({
  ...draft,
  type,
  values: initialValues(type),
  raw: '',
  asText: !formOf(type),
});

/** The same value in the other form: fields as text, or text as fields where that is possible. */
export function switchForm(draft: RecordDraft): RecordDraft {
  if (!draft.asText) return { ...draft, asText: true, raw: formatValue(draft.type, draft.values) };
  const values = parseValue(draft.type, draft.raw);
  return values ? { ...draft, asText: false, values } : draft;
}

export interface DraftFaults {
  name?: string;
  ttl?: string;
  raw?: string;
  missing: string[];
}
const MAX_TTL = 2_147_483_647;

/** What can be said without asking the server. */
export function draftFaults(draft: RecordDraft, zone: string): DraftFaults {
  const name = fullName(draft.name, zone);
  const ttl = Number(draft.ttl);
  return {
    ...(name.ok ? {} : { name: t(`record.name.${name.fault}`, { zone }) }),
    ...(draft.ttl.trim() === '' || (Number.isInteger(ttl) && ttl >= 0 && ttl <= MAX_TTL) ? {} : { ttl: t('record.ttl.bad') }),
    ...(draft.asText && draft.raw.trim() === '' ? { raw: t('form.required') } : {}),
    missing: draft.asText ? [] : missingFields(draft.type, draft.values),
  };
}
export const isSound = ({ name, ttl, raw, missing }: DraftFaults): boolean => !name && !ttl && !raw && missing.length === 0;

/** The draft as staging takes it; call it for a sound one. */
export function recordOf(draft: RecordDraft, zone: string): Omit<NewRecord, 'key'> {
  const name = fullName(draft.name, zone);
  return {
    name: name.ok ? name.name : draft.name,
    type: draft.type,
    ttl: draft.ttl.trim() === '' ? null : Number(draft.ttl),
    value: draft.asText ? draft.raw.trim() : formatValue(draft.type, draft.values),
    comment: draft.comment.trim() || null,
  };
}
