import { Link } from '@tanstack/react-router';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { State } from '#ui/state.tsx';
import type { Execution } from './types.ts';

/** What it changed, with the node that asked for each. */
export const ChangesTab = ({ changes, names }: { changes: Execution['changes']; names: ReadonlyMap<string, string> }) => (
  <Card flush title={t('executions.tab.changes')}>
    {changes.length === 0 ? (
      <p className="p-4 text-ink-2">{t('executions.changes.none')}</p>
    ) : (
      <ul aria-label={t('executions.tab.changes')}>
        {changes.map(({ id, number, summary, state, operation, nodeId, path }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0">
            <Link to="/changes/$id" params={{ id: number }} className="rounded-sm font-mono text-xs hover:text-accent hover:underline">
              {number}
            </Link>
            <span className="min-w-0 flex-[1_1_14rem] font-medium [overflow-wrap:anywhere]">{summary}</span>
            <State value={state} variant="plain" />
            <span className="text-xs text-ink-3">
              <code>{operation}</code>
              {nodeId && (
                <>
                  {' '}
                  · {names.get(nodeId) ?? ''}
                  {path && ` [${path}]`}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
