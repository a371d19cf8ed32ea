/** Fields that the product itself made, or that were checked before: they stay as they are. */
const TRUSTED: ReadonlySet<string> = new Set([
  'link',
  'signInLink',
  'resetLink',
  'code',
  'at',
  'until',
  'expiresAt',
  'due',
  'minutes',
  'left',
  'email',
  'domain',
  'ip',
  'kind',
  'risk',
  'more',
]);
const LONGEST: Readonly<Record<string, number>> = { message: 500, summary: 300, reason: 500 };

/** Controls and line breaks, which end a header, and signs that turn the direction of what follows. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
/** A dot, colon or slash inside a word is what mail programs make links of. */
const LINKING = /(?<=[\p{L}\p{N}])[.:](?=[\p{L}\p{N}/])/gu;

/**
 * What people call themselves, made fit for a mail: one line, of bounded length, and no link. A name is the one part of a mail that
 * a stranger may write, and “Acme (go to evil.example now)” is to stay a name.
 */
export function cleaned(field: string, value: string): string {
  const line = value.toWellFormed().replaceAll(UNSAFE, ' ').trim();
  if (TRUSTED.has(field)) return line;
  const characters = [...line];
  const longest = LONGEST[field] ?? 100;
  const kept = characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line;
  return kept.replaceAll(LINKING, (sign) => `${sign}\u200b`);
}
