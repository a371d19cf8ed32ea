import { configure, TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import Papa from 'papaparse';
import { dotenvLine } from './dotenv.ts';
import type { Format } from './guess.ts';

// A worker per file costs more than what it would do.
configure({ useWebWorkers: false });

/** Names and values of one place: a project (or the workspace) and an environment (or all of them). */
export interface Sheet {
  project: string | null;
  environment: string | null;
  values: readonly { name: string; value: string }[];
}

const WRITERS: Readonly<Record<Format, (values: Sheet['values']) => string>> = {
  env: (values) => values.map(({ name, value }) => `${dotenvLine(name, value)}\n`).join(''),
  json: (values) => `${JSON.stringify(Object.fromEntries(values.map(({ name, value }) => [name, value])), null, 2)}\n`,
  // Not as cells of a spreadsheet: an apostrophe in front of what looks like a formula would be another secret.
  csv: (values) => `${Papa.unparse({ fields: ['name', 'value'], data: values.map(({ name, value }) => [name, value]) }, { newline: '\n' })}\n`,
};

/** Where a sheet lies in the archive: `workspace/all.env`, `shop/prod.env`. */
const pathOf = ({ project, environment }: Omit<Sheet, 'values'>, format: Format): string =>
  `${project === null ? 'workspace' : `projects/${project}`}/${environment ?? 'all'}.${format}`;

/** A ZIP file whose entries are encrypted with AES-256 (WinZip AE-2); names of files and their sizes are not secret. */
export async function archiveOf(sheets: readonly Sheet[], format: Format, passphrase: string, at: Date): Promise<Buffer> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { password: passphrase, encryptionStrength: 3, lastModDate: at });
  for (const sheet of sheets) await zip.add(pathOf(sheet, format), new TextReader(WRITERS[format](sheet.values)));
  return Buffer.from(await zip.close());
}
