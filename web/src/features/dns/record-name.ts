/** What a name will become, or why it cannot be one. */
export type NamePreview = { ok: true; name: string; unicode: string } | { ok: false; fault: NameFault };
export type NameFault = 'empty' | 'outside' | 'emptyLabel' | 'longLabel' | 'long' | 'characters' | 'hyphen' | 'star';

const LABEL = 63;
const NAME = 253;

/** One label as it goes over the wire (IDNA, UTS 46); the browser's own URL parser knows how. Undefined when it cannot be written. */
function toAscii(label: string): string | undefined {
  if (/^[\x20-\x7e]*$/.test(label)) return label.toLowerCase();
  try {
    const { hostname } = new URL(`http://${label}.x`);
    return hostname.endsWith('.x') ? hostname.slice(0, -2) : undefined;
  } catch {
    return undefined;
  }
}

function labelFault(label: string, allowed: RegExp): NameFault | null {
  if (label === '') return 'emptyLabel';
  if (label.length > LABEL) return 'longLabel';
  if (label.includes('*')) return 'star';
  if (!allowed.test(label)) return 'characters';
  return label.startsWith('-') || label.endsWith('-') ? 'hyphen' : null;
}
function faultOf(labels: readonly string[], zone: string): NameFault | null {
  if (labels.join('.').length > NAME) return 'long';
  const allowed = zone.endsWith('.arpa') ? /^[a-z0-9_/-]+$/ : /^[a-z0-9_-]+$/;
  // A star is a wildcard only alone, as the leftmost label, below the zone.
  const judged = labels[0] === '*' && labels.join('.') !== zone ? labels.slice(1) : labels;
  return judged.map((label) => labelFault(label, allowed)).find((fault) => fault !== null) ?? null;
}

const within = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/**
 * The full name that an owner becomes in a zone, by the server's rules: `@` is the zone; a final dot makes it absolute; text that
 * ends in the zone's name is absolute already; all else is below the zone.
 */
export function fullName(input: string, zone: string): NamePreview {
  const text = input.trim();
  if (text === '') return { ok: false, fault: 'empty' };
  if (text === '@') return { ok: true, name: zone, unicode: zone };
  const dotted = text.endsWith('.');
  // Full stops of other scripts separate labels too (UTS 46).
  const given = (dotted ? text.slice(0, -1) : text).replace(/[\u3002\uff0e\uff61]/g, '.').split('.');
  const ascii = given.map(toAscii);
  if (ascii.some((label) => label === undefined)) return { ok: false, fault: 'characters' };
  const labels = ascii as string[];
  const written = labels.join('.');
  if (!within(written, zone) && dotted) return { ok: false, fault: 'outside' };
  const absolute = within(written, zone) ? labels : [...labels, ...zone.split('.')];
  const fault = faultOf(absolute, zone);
  if (fault) return { ok: false, fault };
  const unicode = within(written, zone) ? given.join('.') : [...given, zone].join('.');
  return { ok: true, name: absolute.join('.'), unicode: unicode.toLowerCase() };
}

/** The part of a full name that is above the zone; `@` for the zone itself. */
export const relativeName = (name: string, zone: string): string =>
  name === zone ? '@' : name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name;

/** A host in a value is absolute: one without a dot was probably meant to be in the zone. The name it should then be, or null. */
export function meantInZone(host: string, zone: string): string | null {
  const text = host.trim();
  return text === '' || text.includes('.') || text === '@' ? (text === '@' ? `${zone}.` : null) : `${text}.${zone}.`;
}
