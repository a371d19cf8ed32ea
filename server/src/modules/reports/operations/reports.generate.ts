import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { isWhole, type Kind } from '../kind.ts';
import { KIND_KEYS, kindOf } from '../kinds/index.ts';
import { Reports } from '../providers/port.ts';
import { Filters, FORMATS, ReportView, reportView, type FilterName } from '../schemas.ts';
import { scopesOf } from '../visible.ts';

const DAY = 86_400_000;
const LONGEST_DAYS = 400;
const wrong = (detail: string, pointer: string, message: string) => new Problem('validation-failed', detail, { errors: [{ pointer, message }] });

function requireRange(from: Date, to: Date): void {
  if (from >= to) throw wrong('The report ends before it begins.', '/to', 'Must be after “from”');
  if (to.getTime() - from.getTime() > LONGEST_DAYS * DAY) throw wrong(`A report covers ${LONGEST_DAYS} days at most.`, '/from', `At most ${LONGEST_DAYS} days before “to”`); // prettier-ignore
}
function requireFilters({ key, filters }: Kind, given: Filters): void {
  const strange = (Object.keys(given) as FilterName[]).filter((name) => given[name] !== undefined && !filters.includes(name));
  if (strange.length > 0)
    throw new Problem('validation-failed', `The report ${key} takes ${filters.join(', ') || 'no filters'}.`, {
      errors: strange.map((name) => ({ pointer: `/filters/${name}`, message: 'Not a filter of this report' })),
    });
}

export const reportsGenerate = defineOperation({
  name: 'reports.generate',
  summary: 'Make a report',
  description:
    'Up to 1,000 rows it is answered at once in `content`, and otherwise written by a worker: follow it with `reports.get` and fetch it with `reports.download`. Every report is kept for 400 days with its SHA-256 and a signed manifest. The same parameters and `cutoff` give the same bytes. It holds nothing outside your Scope.',
  permission: 'reports:generate',
  risk: 'read',
  sensitive: true,
  route: { method: 'POST', path: '/reports/{kind}' },
  input: z.object({
    kind: z.enum(KIND_KEYS).meta({ title: 'Kind', examples: ['production-changes'] }),
    from: z.iso.datetime().meta({ title: 'From', examples: ['2026-10-01T00:00:00Z'] }),
    to: z.iso.datetime().meta({ title: 'To', help: 'Not included', examples: ['2026-11-01T00:00:00Z'] }),
    format: z.enum(FORMATS).default('json').meta({ title: 'Format' }),
    filters: Filters.optional().meta({ title: 'Filters' }),
    cutoff: z.iso
      .datetime()
      .optional()
      .meta({ title: 'Data cut-off', help: 'As things were known then; now when left out. To make a report again, give its cut-off.' }),
  }),
  output: ReportView.extend({
    content: z.string().nullable().meta({ help: 'The file of a small report; null while a worker writes it' }),
    encoding: z.enum(['utf8', 'base64']).meta({ help: 'Of `content`: base64 for PDF' }),
  }),
  targets: 'filter',
  async run(ctx, { kind: key, format, filters: given = {}, ...times }) {
    const kind = kindOf(key);
    const reach = scopesOf(ctx.reach);
    if (!kind.scoped && !isWhole(reach)) throw new Problem('report-whole-tenant', `The report ${key} tells of everybody here, and your grants reach a part only.`); // prettier-ignore
    const [from, to, at] = [new Date(times.from), new Date(times.to), ctx.now()];
    const cutoff = times.cutoff === undefined ? at : new Date(times.cutoff);
    requireRange(from, to);
    if (cutoff > at) throw wrong('The cut-off lies ahead: nothing is known of then yet.', '/cutoff', 'Must not be in the future');
    const filters = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Filters;
    requireFilters(kind, filters);
    const { row, content } = await ctx.provider(Reports).make({ actor: ctx.actor, reach, kind: key, format, from, to, cutoff, filters, at });
    const encoding: 'base64' | 'utf8' = format === 'pdf' ? 'base64' : 'utf8';
    return { ...reportView(row), encoding, content: content?.toString(encoding) ?? null };
  },
});
