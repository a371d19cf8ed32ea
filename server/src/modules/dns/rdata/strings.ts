import type { Name } from '../names.ts';
import { byte, longText, name, short, text, texts } from './fields.ts';
import { recordType } from './type.ts';

const MAX_TXT = 4_096;
const TAG = /^[a-z0-9]{1,15}$/;

export const TXT = recordType<[Buffer[]]>('TXT', 16, [texts], (strings) => {
  const length = strings.reduce((sum, each) => sum + each.length, 0);
  return length > MAX_TXT ? `the text has ${length} octets; ${MAX_TXT} are possible` : undefined;
});

export const HINFO = recordType<[Buffer, Buffer]>('HINFO', 13, [text('the CPU'), text('the system')]);

/** RFC 8659. Flags other than 0 and 128 (critical) have no meaning and are refused. */
export const CAA = recordType<[number, Buffer, Buffer]>('CAA', 257, [byte('the flags'), caaTag(), longText('the value')], (flags, tag, value) => {
  if (flags !== 0 && flags !== 128) return 'the flags are 0, or 128 for critical';
  const content = value.toString('latin1');
  if (/[^\x20-\x7e]/.test(content)) return 'the value has characters that are not printable ASCII';
  const kind = tag.toString('latin1');
  if (!TAG.test(kind)) return 'the tag is issue, issuewild, iodef or another word of small letters and digits';
  if (kind === 'iodef')
    return /^(mailto:[^\s@]+@[^\s@]+|https?:\/\/[^\s/]+.*)$/.test(content) ? undefined : 'the value of iodef is a mailto:, http: or https: address';
  if (kind !== 'issue' && kind !== 'issuewild') return undefined;
  return /^\s*([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)?\s*(;.*)?$/i.test(content)
    ? undefined
    : `the value of ${kind} is a certificate authority's domain, or ";" for none`;
});

function caaTag() {
  const field = text('the tag');
  return { ...field, format: (tag: Buffer) => (TAG.test(tag.toString('latin1')) ? tag.toString('latin1') : field.format(tag)) };
}

/** RFC 3403: either a regular expression or a replacement, not both. */
export const NAPTR = recordType<[number, number, Buffer, Buffer, Buffer, Name]>(
  'NAPTR',
  35,
  [short('the order'), short('the preference'), text('the flags'), text('the services'), text('the expression'), name('the replacement')],
  (_order, _preference, flags, _services, expression, replacement) => {
    if (!/^[a-z0-9]*$/i.test(flags.toString('latin1'))) return 'the flags are letters and digits';
    return expression.length > 0 && replacement !== '' ? 'give an expression or a replacement, not both (the other is "" or .)' : undefined;
  },
);
