import { useQuery } from '@tanstack/react-query';
import { Loaded } from '#features/account/loaded.tsx';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { payloadsQuery } from './api.ts';
import { isEnded } from './types.ts';

/** What the execution was given and what came of it. */
export function DataTab({ id, status }: { id: string; status: string }) {
  const query = useQuery(payloadsQuery(id, isEnded(status)));
  return (
    <Loaded query={query} lines={6}>
      {({ inputs, outputs, payloads }) =>
        payloads === 'shown' ? (
          <div className="grid gap-4 lg:grid-cols-2">
            <Card title={t('executions.inputs')}>
              <JsonView label={t('executions.inputs')} value={inputs ?? null} />
            </Card>
            <Card title={t('executions.outputs')}>
              {isEnded(status) ? (
                <JsonView label={t('executions.outputs')} value={outputs ?? null} />
              ) : (
                <p className="text-ink-2">{t('executions.outputs.yet')}</p>
              )}
            </Card>
          </div>
        ) : (
          <p className="text-ink-2">{t(`executions.payloads.${payloads}`)}</p>
        )
      }
    </Loaded>
  );
}
