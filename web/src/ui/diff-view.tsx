import { ArrowRight, Minus, Pencil, Plus, type LucideIcon } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { PlanChange, PlanField } from '#lib/types.ts';
import { fieldLines, type DiffLine } from './diff.ts';

const looks: Record<PlanChange['action'], { icon: LucideIcon; ink: string }> = {
  create: { icon: Plus, ink: 'text-good bg-good-wash' },
  update: { icon: Pencil, ink: 'text-warn bg-warn-wash' },
  delete: { icon: Minus, ink: 'text-bad bg-bad-wash' },
  none: { icon: Pencil, ink: 'text-ink-3 bg-quiet-wash' },
};
const signs = { same: ' ', del: '−', ins: '+' } as const;
const washes = { same: '', del: 'bg-bad-wash', ins: 'bg-good-wash' } as const;

const Line = ({ line }: { line: DiffLine }) => {
  const Text = line.kind === 'del' ? 'del' : line.kind === 'ins' ? 'ins' : 'span';
  return (
    <div className={cx('flex gap-2 px-2', washes[line.kind])}>
      <span aria-hidden className={cx('select-none', line.kind === 'del' ? 'text-bad' : line.kind === 'ins' ? 'text-good' : 'text-ink-3')}>
        {signs[line.kind]}
      </span>
      <Text className="min-w-0 flex-1 whitespace-pre-wrap no-underline [overflow-wrap:anywhere]">{line.text || ' '}</Text>
    </div>
  );
};

/** Two short values read best side by side: struck out and new. */
const SHORT = 64;
const isShort = (lines: readonly DiffLine[]): boolean =>
  lines.length === 2 && lines[0]?.kind === 'del' && lines[1]?.kind === 'ins' && lines[0].text.length + lines[1].text.length <= SHORT;

const Replaced = ({ before, after }: { before: string; after: string }) => (
  <div className="flex min-h-7 flex-wrap items-center gap-x-2 px-2">
    <del className="rounded-xs bg-bad-wash px-1 leading-5 text-ink-2 decoration-bad/70">{before}</del>
    <ArrowRight aria-hidden className="size-3 shrink-0 text-ink-3 rtl:rotate-180" />
    <ins className="rounded-xs bg-good-wash px-1 leading-5 font-semibold no-underline">{after}</ins>
  </div>
);

const Field = ({ field }: { field: PlanField }) => {
  const lines = fieldLines(field);
  return (
    <tr className="border-t border-line align-top first:border-t-0">
      <th
        scope="row"
        className="w-[38%] py-1 ps-4 pe-2 text-start font-sans text-sm leading-5 font-normal text-ink-2 [overflow-wrap:anywhere] sm:w-48"
      >
        {field.path}
      </th>
      <td className="font-mono text-xs leading-7">
        {isShort(lines) ? <Replaced before={lines[0]!.text} after={lines[1]!.text} /> : lines.map((line, i) => <Line key={i} line={line} />)}
      </td>
    </tr>
  );
};

/** What a plan would do to each resource, field by field; also read well without colour and aloud. */
export const DiffView = ({ changes }: { changes: readonly PlanChange[] }) => (
  <div className="flex flex-col divide-y divide-line">
    {changes.map((change, i) => {
      const { icon: Icon, ink } = looks[change.action];
      return (
        <div key={change.id ?? `${change.type}-${change.name}-${i}`} data-action={change.action}>
          <div className="flex min-h-9 flex-wrap items-center gap-x-2 gap-y-0.5 px-4 py-1.5">
            <span className={cx('inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium', ink)}>
              <Icon aria-hidden className="size-3" strokeWidth={2.5} />
              {t(`diff.${change.action}`)}
            </span>
            <span className="text-ink-3">{words(change.type)}</span>
            <strong className="min-w-0 font-semibold [overflow-wrap:anywhere]">{change.name}</strong>
          </div>
          {change.fields.length > 0 && (
            <table aria-label={t('diff.fields', { name: change.name })} className="w-full table-fixed border-t border-line">
              <tbody>
                {change.fields.map((field) => (
                  <Field key={field.path} field={field} />
                ))}
              </tbody>
            </table>
          )}
        </div>
      );
    })}
  </div>
);
