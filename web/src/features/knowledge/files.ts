import { currentLanguage, t } from '#lib/i18n.ts';

/** Endings of files that can be read into a collection; browsers name their types differently, or not at all. */
const ENDINGS = ['txt', 'text', 'log', 'md', 'markdown', 'html', 'htm', 'csv'];
export const ACCEPTED = ENDINGS.map((ending) => `.${ending}`).join(',');
/** Bytes of one document. */
const MOST_BYTES = 5 * 1024 * 1024;
export const MOST_MIB = MOST_BYTES / 1024 / 1024;

const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** What speaks against a file before anything is sent, in words; null when nothing does. The server looks again. */
export function fileFault({ name, size }: Pick<File, 'name' | 'size'>): string | null {
  const ending = endingOf(name);
  if (!ENDINGS.includes(ending)) return t(ending === 'pdf' ? 'knowledge.file.pdf' : 'knowledge.file.type');
  if (size === 0) return t('knowledge.file.empty');
  return size > MOST_BYTES ? t('knowledge.file.large', { most: MOST_MIB }) : null;
}

/** `12 kB`, in decimal units as files are counted. */
export function bytesText(bytes: number): string {
  const [unit, amount] = bytes < 1_000_000 ? (['kilobyte', bytes / 1_000] as const) : (['megabyte', bytes / 1_000_000] as const);
  // What is there is not nothing, however small.
  const shown = bytes > 0 && amount < 0.1 ? 0.1 : amount;
  const maximumFractionDigits = shown < 10 ? 1 : 0;
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(shown);
}
