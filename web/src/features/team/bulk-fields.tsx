import { CircleAlert, CircleCheck } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Textarea } from '#ui/textarea.tsx';
import type { BulkRow } from './bulk.ts';
import { SharedFields, type InviteFieldsProps } from './single-fields.tsx';

const Row = ({ row }: { row: BulkRow }) => (
  <tr className="border-t border-line align-top">
    <td className="py-1.5 ps-3 pe-2 text-end text-xs text-ink-3 tabular-nums">{row.line}</td>
    <td className="px-2 py-1.5 [overflow-wrap:anywhere]">
      {row.email}
      {row.name && <span className="ms-1.5 text-ink-3">{row.name}</span>}
    </td>
    <td className="px-2 py-1.5 text-ink-2">{row.role ?? t('team.bulk.chosenRole')}</td>
    <td className="py-1.5 ps-2 pe-3">
      {row.fault === null ? (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <CircleCheck aria-hidden className="size-3.5 text-good" />
          {t('state.ok')}
        </span>
      ) : (
        <span className="inline-flex items-start gap-1.5 text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {t(`team.bulk.fault.${row.fault}`)}
        </span>
      )}
    </td>
  </tr>
);

/** A pasted list, read row by row before anything is sent. */
export function BulkFields({ draft, set, rows }: InviteFieldsProps & { rows: readonly BulkRow[] }) {
  const wrong = rows.filter(({ fault }) => fault !== null).length;
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('team.bulk.list')} help={t('team.bulk.help')} required>
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={5}
            autoComplete="off"
            spellCheck={false}
            placeholder={t('team.bulk.example')}
            value={draft.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        )}
      </Field>
      {rows.length > 0 && (
        <div className="overflow-hidden rounded-lg border border-line">
          <p role="status" className="px-3 py-2 text-xs text-ink-2">
            {t('team.bulk.read', { count: rows.length - wrong })}
            {wrong > 0 && <span className="ms-2 text-bad">{t('team.bulk.wrong', { count: wrong })}</span>}
          </p>
          <div className="max-h-56 overflow-auto">
            <table aria-label={t('team.bulk.list')} className="w-full text-start">
              <thead className="sr-only">
                <tr>
                  <th scope="col">{t('team.bulk.line')}</th>
                  <th scope="col">{t('team.column.email')}</th>
                  <th scope="col">{t('team.column.roles')}</th>
                  <th scope="col">{t('team.column.status')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  <Row key={at} row={row} />
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
      <SharedFields draft={draft} set={set} rolesHelp={t('team.bulk.roles.help')} />
    </div>
  );
}
