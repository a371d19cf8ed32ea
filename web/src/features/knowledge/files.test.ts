import { expect, test } from 'vitest';
import { bytesText, fileFault } from './files.ts';
import { markedWords } from './marks.ts';

test('what cannot be read, what is empty and what is too large is told before it is sent, with the way out', () => {
  expect([fileFault({ name: 'Runbook.MD', size: 10 }), fileFault({ name: 'hosts.csv', size: 5 * 1024 * 1024 })]).toEqual([null, null]);
  expect(fileFault({ name: 'scan.pdf', size: 10 })).toMatch(/^PDF is not read\. Export it/);
  expect(['notes', 'picture.png', 'archive.md.zip'].map((name) => fileFault({ name, size: 10 }))).toEqual(
    Array(3).fill('Only text, Markdown, HTML and CSV are read. Export it as one of these.'),
  );
  expect(fileFault({ name: 'a.txt', size: 0 })).toBe('The file is empty.');
  expect(fileFault({ name: 'a.txt', size: 5 * 1024 * 1024 + 1 })).toBe('More than 5 MiB. Cut it into several files.');
});

test('sizes are read as files are counted', () => {
  expect([bytesText(12), bytesText(512), bytesText(1_240), bytesText(88_000), bytesText(2_450_000)].map((text) => text.replace(/\s/g, ' '))).toEqual([
    '0.1 kB',
    '0.5 kB',
    '1.2 kB',
    '88 kB',
    '2.5 MB',
  ]);
});

test('words of the question are marked where they begin a word, whatever their case, and nothing of the text is lost', () => {
  expect(markedWords('Reload the edge router at night.', 'reload EDGE?')).toEqual([
    { text: 'Reload', marked: true },
    { text: ' the ', marked: false },
    { text: 'edge', marked: true },
    { text: ' router at night.', marked: false },
  ]);
  expect(markedWords('a (b) c', '(b) *')).toEqual([{ text: 'a (b) c', marked: false }]);
  expect(markedWords('reloaded', 'reload')).toEqual([{ text: 'reloaded', marked: true }]);
});
