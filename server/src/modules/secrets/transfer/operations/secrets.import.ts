import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { told } from '../../events.ts';
import { placeInput } from '../../inputs.ts';
import { called, foresight, observed, valueField } from '../../plans.ts';
import { findLiving, livingNamed, secretTarget } from '../../rows.ts';
import { insertSecret, requirePlace, saveSecret } from '../../writes.ts';
import { FORMATS, parse } from '../guess.ts';
import { sortLines, type Sorted } from '../sort.ts';

const MOST = 500;
const LONGEST = 512 * 1024;

const input = z.object({
  content: z.string().min(1).max(LONGEST).meta({ title: 'File', help: 'A .env file, a JSON object, or CSV with the columns name and value', secret: true, file: true, widget: 'file', examples: ['DATABASE_PASSWORD=correct-horse-battery\n'] }),
  format: z.enum(FORMATS).optional().meta({ title: 'Format', help: 'Guessed from the file when left out' }),
  kind: z.enum(['secret', 'variable']).default('secret').meta({ title: 'Kind', help: 'Values of variables can be seen later, those of secrets cannot' }),
  ...placeInput,
  overwrite: z.boolean().default(false).meta({ title: 'Overwrite', help: 'Give those that are there already a new version; they are skipped otherwise' }),
}); // prettier-ignore
type Wish = z.output<typeof input>;

/** Read once per call, and once more where it is done: a colleague may have been faster. */
async function sorted(ctx: ReadContext, wish: Wish): Promise<Sorted> {
  const parsed = parse(wish.content, wish.format);
  if (parsed.entries.length > MOST) throw new Problem('secret-import-invalid', `The file has more than ${MOST} values. Import it in parts.`);
  if (parsed.bad.length > MOST) throw new Problem('secret-import-invalid', `More than ${MOST} of the file’s lines cannot be read. Is it the right file, and in that format?`); // prettier-ignore
  const known = await livingNamed(ctx, parsed.entries.map(({ name }) => name)); // prettier-ignore
  const there = known.filter(({ project, environment }) => project === wish.project && environment === wish.environment);
  return sortLines(parsed, there, wish.kind, wish.overwrite);
}
const sortedOnce = (ctx: ReadContext, wish: Wish): Promise<Sorted> => ctx.once('sorted', () => sorted(ctx, wish));

const names = (lines: readonly { name: string; line: number }[]) => lines.map(({ name, line }) => ({ name, line }));

/** All or nothing: a file that is half right is not half taken. */
function requireGood({ invalid, created, changed, skipped }: Sorted): void {
  if (invalid.length > 0) {
    const faults = invalid.slice(0, 100).map(({ line, name, reason }) => ({ pointer: '/content', message: `line ${line}: ${name ? `${name} ` : ''}${reason}` }));
    throw new Problem('secret-import-invalid', `${invalid.length} of the file’s lines cannot be taken, so nothing was: ${faults[0]!.message}.`, { errors: faults, lines: invalid.slice(0, 100) });
  }
  if (created.length + changed.length + skipped.length === 0) throw new Problem('secret-import-invalid', 'There is no name with a value in the file.');
} // prettier-ignore

const aim = ({ environment }: Wish, name: string) => secretTarget({ id: `new/${name}`, name, environment, tags: {} });

async function takeIn(ctx: Context, wish: Wish, { created, changed }: Sorted): Promise<void> {
  const { kind, scope, project, environment } = wish;
  for (const { name, type, value } of created) {
    const row = await insertSecret(ctx, kind, { name, type, scope, project, environment }, { text: value, generated: false });
    ctx.emit('secret.created', told(row));
  }
  for (const { row: seen, value } of changed) {
    const row = await findLiving(ctx, kind, seen.id, true);
    const after = await saveSecret(ctx, row, {}, { text: value, generated: false });
    ctx.emit('secret.rotated', { ...told(after), version: after.currentVersion, generated: false, restoredFrom: null });
  }
}

export const secretsImport = defineOperation({
  name: 'secrets.import',
  summary: 'Import secrets or variables from a file',
  description:
    'All lines or none. A dry run says in `plan.facts` which names would be `created`, `changed` and `skipped`, and which lines are `invalid` and why, each with its line; values are in none of it.',
  permission: 'secrets:write',
  risk: 'write',
  // See secrets.create.
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/secrets/import' },
  // Quotes and breaks take more room in JSON.
  bodyLimit: 3 * LONGEST,
  input,
  output: z.object({
    created: z.array(z.string()),
    changed: z.array(z.string()),
    skipped: z.array(z.string()),
  }),
  async targets(ctx, wish) {
    requirePlace(wish);
    const { created, changed, skipped } = await sortedOnce(ctx, wish);
    // Also what stays as it is: that it is there is told to those alone who reach it.
    const found = [...created.map(({ name }) => aim(wish, name)), ...[...changed, ...skipped].map(({ row }) => secretTarget(row))];
    return found.length > 0 ? found : [aim(wish, 'nothing')];
  },
  async plan(ctx, wish) {
    const found = await sortedOnce(ctx, wish);
    if (!(ctx as Partial<Context>).dryRun) requireGood(found);
    const { created, changed, skipped, invalid } = found;
    const counts = [`${created.length} new`, `${changed.length} changed`, `${skipped.length} skipped`, ...(invalid.length > 0 ? [`${invalid.length} invalid`] : [])];
    const versions = changed.map(({ row }) => observed(row).observed);
    return {
      summary: `Import ${wish.kind}s (${counts.join(', ')})${wish.project ?? wish.environment ? ` for ${called({ name: '', project: wish.project, environment: wish.environment }).trim()}` : ''}`,
      changes: [
        ...created.map(({ name, line }) => ({ action: 'create' as const, type: wish.kind, name, fields: [valueField(null, undefined), { path: 'line', after: line }] })),
        ...changed.map(({ row, line }) => ({ action: 'update' as const, type: wish.kind, id: row.id, name: row.name, fields: [valueField(row.currentVersion, undefined), { path: 'line', after: line }] })),
        ...skipped.map(({ row, line }) => ({ action: 'none' as const, type: wish.kind, id: row.id, name: row.name, fields: [{ path: 'line', after: line }] })),
      ],
      observed: Object.assign({}, ...versions) as Record<string, string>,
      warnings: [
        ...invalid.slice(0, 100).map(({ line, name, reason }) => `Line ${line}: ${name ? `${name} ` : ''}${reason}`),
        ...(await foresight(ctx, created.map(({ name }) => ({ ...wish, name })))),
      ],
      reversible: 'Delete what is new; put the version before of what has changed in force again.',
      facts: { created: names(created), changed: names(changed), skipped: names(skipped), invalid: invalid.map((one) => ({ ...one })) },
    };
  }, // prettier-ignore
  async run(ctx, wish) {
    const found = await sorted(ctx, wish);
    requireGood(found);
    await takeIn(ctx, wish, found);
    const only = (lines: readonly { name: string }[]): string[] => lines.map(({ name }) => name);
    return { created: only(found.created), changed: only(found.changed), skipped: only(found.skipped) };
  },
});
