import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFiles } from './providers/files.ts';
import { render } from './render.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'switchyard-mail-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const link = 'https://portal.example/verify-email#token=s3cr3t';

test('without a mail server each mail is a whole file for its owner alone, and the log names only the file', async () => {
  const lines: string[] = [];
  const folder = join(home, 'mail');
  const files = createFiles(folder, pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }));
  const data = { name: 'Anna', link, code: '482913' };
  const envelope = render('0198-id', { to: 'anna@acme.example', template: 'verify-email', data }, { name: 'Switchyard', from: 'a@b.example' });
  await files.send(envelope);
  await files.send(envelope); // an attempt that is repeated is still one mail
  expect(readdirSync(folder)).toEqual(['0198-id.eml']);
  expect(statSync(join(folder, '0198-id.eml')).mode & 0o777).toBe(0o600);
  const mail = await PostalMime.parse(readFileSync(join(folder, '0198-id.eml')));
  expect(mail.to).toEqual([{ name: '', address: 'anna@acme.example' }]);
  expect(mail.text).toContain(link);
  expect(mail.html).toContain('482913');
  expect(lines.join('')).toContain('0198-id.eml');
  expect(lines.join('')).not.toMatch(/s3cr3t|482913|anna/);
});
