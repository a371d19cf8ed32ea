import { parseCsv } from './csv.ts';
import { parseDotenv } from './dotenv.ts';
import { plainText, type Parsed } from './entries.ts';
import { parseJson } from './json.ts';

export const FORMATS = ['env', 'json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

const READERS: Readonly<Record<Format, (text: string) => Parsed>> = { env: parseDotenv, json: parseJson, csv: parseCsv };

/** What a file is by what it begins with: `{` is JSON, a first line that names columns is CSV, all else `.env`. */
export function formatOf(text: string): Format {
  const plain = plainText(text).trimStart();
  if (plain.startsWith('{') || plain.startsWith('[')) return 'json';
  const columns = (plain.split('\n', 1)[0] ?? '').split(',').map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
  return columns.includes('name') && columns.includes('value') ? 'csv' : 'env';
}

export const parse = (text: string, format: Format = formatOf(text)): Parsed => READERS[format](text);
