import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { gridOf } from './series.ts';
import type { HeatCell } from './types.ts';

/** Where calls are refused: operations by environments, the darker the more. */
export function HeatMap({ heat }: { heat: readonly HeatCell[] }) {
  const { environments, rows, most } = gridOf(heat);
  return (
    <Card title={t('compliance.heat')} flush>
      {rows.length === 0 ? (
        <p className="px-4 py-6 text-center text-ink-2">{t('compliance.none')}</p>
      ) : (
        <div className="overflow-x-auto p-4" tabIndex={0} role="group" aria-label={t('compliance.heat')}>
          <table className="w-full border-separate border-spacing-0.5 text-xs">
            <thead className="text-ink-3">
              <tr>
                <th scope="col" className="text-start font-medium">
                  {t('audit.column.operation')}
                </th>
                {environments.map((name) => (
                  <th key={name} scope="col" className="px-1 text-center font-medium">
                    {name || t('compliance.heat.elsewhere')}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ operation, counts }) => (
                <tr key={operation}>
                  <th scope="row" className="pe-2 text-start font-mono rtl:ps-2 rtl:pe-0 rtl:text-end font-normal [overflow-wrap:anywhere]">
                    {operation}
                  </th>
                  {counts.map((count, at) => (
                    <td
                      key={environments[at]}
                      className="rounded-sm px-2 py-1 text-center text-ink tabular-nums"
                      style={{ background: `color-mix(in srgb, var(--warn) ${Math.round((count / most) * 45)}%, var(--surface))` }}
                    >
                      {number(count)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
