import { expect, test } from 'vitest';
import { problemCatalogue } from '#kernel/problem.ts';
import { createRegistry } from '#kernel/registry.ts';
import { MODULES } from './app.ts';
import { problemPages, referencePages } from './reference.ts';

test('every operation, permission, event and problem is on a page, and no table is broken by what stands in it', () => {
  const registry = createRegistry(MODULES);
  const pages = new Map([...referencePages(registry), ...problemPages().map(([name, text]) => [`problems/${name}`, text] as const)]);
  for (const [name, operation] of registry.operations) {
    expect(pages.get(`${registry.moduleOf(operation)}.md`)).toContain(`\n## ${name}\n`);
    expect(pages.get('permissions.md')).toContain(`\`${operation.permission}\``);
  }
  for (const type of registry.events.keys()) expect(pages.get('events.md')).toContain(`| \`${type}\` |`);
  for (const slug of problemCatalogue().keys()) expect(pages.get(`problems/${slug}.md`)).toContain(`\`${slug}\``);
  for (const [page, text] of pages) {
    for (const table of text.match(/(?:^\|.*\n)+/gm) ?? []) {
      const widths = table.trimEnd().split('\n').map((line) => line.replaceAll('\\|', '').split('|').length); // prettier-ignore
      expect([page, new Set(widths).size]).toEqual([page, 1]);
    }
  }
});
