import Papa from 'papaparse';
import type { Section } from './sections.ts';

/** Each row as one paragraph `column: value; …`, so that it is found and understood without the head of the table. */
export function csvSections(text: string): Section[] {
  const [head = [], ...rows] = Papa.parse<string[]>(text.replaceAll(/\r\n?/g, '\n').trim(), { skipEmptyLines: 'greedy' }).data;
  const line = (row: readonly string[]): string =>
    row.flatMap((value, at) => (value.trim() === '' ? [] : [`${head[at]?.trim() || `column ${at + 1}`}: ${value.trim().replaceAll(/\s+/g, ' ')}`])).join('; '); // prettier-ignore
  const body = rows.map(line).filter((one) => one !== '');
  // A head alone is all there is.
  const all = body.length > 0 ? body : [head.join('; ')];
  return all[0] === '' ? [] : [{ heading: null, text: all.join('\n\n') }];
}
