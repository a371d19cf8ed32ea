import type { MessageKey } from '#lib/i18n.ts';
import { quoteText, txtContent, wordsOf, type Word } from './presentation.ts';

export interface ValueField {
  key: string;
  label: MessageKey;
  example: string;
  /** `host`: absolute in the API, so a bare word is asked about. `rest`: takes all words that are left. */
  kind?: 'text' | 'number' | 'host' | 'choice' | 'long' | 'quoted' | 'rest';
  choices?: readonly string[];
  /** What a new record begins with. */
  initial?: string;
  wide?: boolean;
}
export interface TypeForm {
  type: string;
  help: MessageKey;
  fields: readonly ValueField[];
}

const host = (label: MessageKey = 'record.field.host', example = 'host.example.net.'): ValueField => ({
  key: 'host',
  label,
  example,
  kind: 'host',
  wide: true,
});
const int = (key: string, label: MessageKey, example: string, initial?: string): ValueField => ({
  key,
  label,
  example,
  kind: 'number',
  ...(initial ? { initial } : {}),
});

/** The types that can be entered field by field, the frequent ones first. */
export const TYPE_FORMS: readonly TypeForm[] = [
  { type: 'A', help: 'record.help.A', fields: [{ key: 'address', label: 'record.field.ipv4', example: '192.0.2.10', wide: true }] },
  { type: 'AAAA', help: 'record.help.AAAA', fields: [{ key: 'address', label: 'record.field.ipv6', example: '2001:db8::10', wide: true }] },
  { type: 'CNAME', help: 'record.help.CNAME', fields: [host('record.field.target')] },
  {
    type: 'MX',
    help: 'record.help.MX',
    fields: [int('priority', 'record.field.priority', '10', '10'), host('record.field.mailHost', 'mail.example.net.')],
  },
  {
    type: 'TXT',
    help: 'record.help.TXT',
    fields: [{ key: 'text', label: 'record.field.text', example: 'v=spf1 mx -all', kind: 'long', wide: true }],
  },
  { type: 'NS', help: 'record.help.NS', fields: [host('record.field.nameserver', 'ns1.example.net.')] },
  {
    type: 'SRV',
    help: 'record.help.SRV',
    fields: [
      int('priority', 'record.field.priority', '10', '10'),
      int('weight', 'record.field.weight', '5', '0'),
      int('port', 'record.field.port', '5060'),
      host(),
    ],
  },
  {
    type: 'CAA',
    help: 'record.help.CAA',
    fields: [
      { key: 'flags', label: 'record.field.flags', example: '0', kind: 'choice', choices: ['0', '128'], initial: '0' },
      {
        key: 'tag',
        label: 'record.field.tag',
        example: 'issue',
        kind: 'choice',
        choices: ['issue', 'issuewild', 'iodef', 'issuemail'],
        initial: 'issue',
      },
      { key: 'value', label: 'record.field.value', example: 'letsencrypt.org', kind: 'quoted', wide: true },
    ],
  },
  { type: 'PTR', help: 'record.help.PTR', fields: [host()] },
  {
    type: 'DS',
    help: 'record.help.DS',
    fields: [
      int('keyTag', 'record.field.keyTag', '60485'),
      int('algorithm', 'record.field.algorithm', '13', '13'),
      int('digestType', 'record.field.digestType', '2', '2'),
      { key: 'digest', label: 'record.field.digest', example: '2BB183AF…', kind: 'rest', wide: true },
    ],
  },
  {
    type: 'TLSA',
    help: 'record.help.TLSA',
    fields: [
      { key: 'usage', label: 'record.field.usage', example: '3', kind: 'choice', choices: ['0', '1', '2', '3'], initial: '3' },
      { key: 'selector', label: 'record.field.selector', example: '1', kind: 'choice', choices: ['0', '1'], initial: '1' },
      { key: 'matching', label: 'record.field.matching', example: '1', kind: 'choice', choices: ['0', '1', '2'], initial: '1' },
      { key: 'data', label: 'record.field.digest', example: '0C72AC70…', kind: 'rest', wide: true },
    ],
  },
  {
    type: 'SSHFP',
    help: 'record.help.SSHFP',
    fields: [
      { key: 'algorithm', label: 'record.field.algorithm', example: '4', kind: 'choice', choices: ['1', '2', '3', '4', '6'], initial: '4' },
      { key: 'kind', label: 'record.field.digestType', example: '2', kind: 'choice', choices: ['1', '2'], initial: '2' },
      { key: 'fingerprint', label: 'record.field.digest', example: 'A1B2C3…', kind: 'rest', wide: true },
    ],
  },
  ...(['HTTPS', 'SVCB'] as const).map((type): TypeForm => ({
    type,
    help: `record.help.${type}`,
    fields: [
      int('priority', 'record.field.priority', '1', '1'),
      { key: 'host', label: 'record.field.target', example: '.', kind: 'text', initial: '.' },
      { key: 'params', label: 'record.field.params', example: 'alpn=h2,h3 ipv4hint=192.0.2.1', kind: 'rest', wide: true },
    ],
  })),
];

const forms = new Map(TYPE_FORMS.map((form) => [form.type, form]));
export const OTHER_TYPES = ['NAPTR', 'HINFO', 'RP'] as const;
export const formOf = (type: string): TypeForm | undefined => forms.get(type);

export type Values = Record<string, string>;

/** What a new record of a type begins with. */
export const initialValues = (type: string): Values =>
  Object.fromEntries((formOf(type)?.fields ?? []).map(({ key, initial }) => [key, initial ?? '']));

const rawWord = ({ text, quoted }: Word): string => (quoted ? `"${text}"` : text);
/** The text of a word as its field holds it; undefined when the field cannot. */
function wordFor(field: ValueField, word: Word | undefined): string | undefined {
  if (!word || (word.quoted && field.kind !== 'quoted') || word.text.includes('\\')) return undefined;
  return field.choices && !field.choices.includes(word.text) ? undefined : word.text;
}

/** Each field with its part of the words; `rest` takes all that are left. Undefined when their numbers do not fit. */
function partsOf({ fields }: TypeForm, words: readonly Word[]): [field: ValueField, text: string | undefined][] | undefined {
  if (fields.at(-1)?.kind !== 'rest' && words.length !== fields.length) return undefined;
  return fields.map((field, at) => [field, field.kind === 'rest' ? words.slice(at).map(rawWord).join(' ') : wordFor(field, words[at])]);
}

/** The fields of a value, or undefined when it has a form that the fields cannot hold: it is then edited as text. */
export function parseValue(type: string, value: string): Values | undefined {
  if (type === 'TXT') {
    const text = txtContent(value);
    return text === undefined ? undefined : { text };
  }
  const form = formOf(type);
  const words = wordsOf(value);
  if (!form || !words || words[0]?.text === '\\#') return undefined;
  const parts = partsOf(form, words);
  if (!parts || parts.some(([, text]) => text === undefined)) return undefined;
  return Object.fromEntries(parts.map(([{ key }, text]) => [key, text!]));
}

/** The value as the server reads it. TXT goes literally, unless it would be taken for presentation form. */
export function formatValue(type: string, values: Values): string {
  const form = formOf(type);
  if (!form) return '';
  if (type === 'TXT') {
    const text = values['text'] ?? '';
    return /^\s*("|\\#)/.test(text) || text !== text.trim() ? quoteText(text) : text;
  }
  return form.fields
    .map(({ key, kind }) => {
      const value = (values[key] ?? '').trim();
      return kind === 'quoted' ? quoteText(value) : value;
    })
    .filter(Boolean)
    .join(' ');
}

/** Which fields are still empty. `rest` of service bindings may be. */
export const missingFields = (type: string, values: Values): string[] =>
  (formOf(type)?.fields ?? [])
    .filter(({ key, kind }) => !(kind === 'rest' && (type === 'HTTPS' || type === 'SVCB')) && !(values[key] ?? '').trim())
    .map(({ key }) => key);

/** A value for a table: texts without their quotes. */
export const shownValue = (type: string, value: string): string => (type === 'TXT' ? (txtContent(value) ?? value) : value);
