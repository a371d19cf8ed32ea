import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useOperations } from '#lib/manifest.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { prune } from '#ui/operation-form/index.ts';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Trail } from '../trail.tsx';
import type { SimulateSearch } from '../search.ts';
import type { Simulation } from '../types.ts';
import { AroundFields, RulesFields, TargetFields } from './around-fields.tsx';
import { OperationFields, WhoFields } from './call-fields.tsx';
import { emptyDraft, simulationBody, type SimulationDraft } from './draft.ts';
import { SimulationResult } from './result.tsx';

/** Asks what the rules would decide on a call. Nothing is done, kept or counted. */
export function SimulatePage({ search }: { search: SimulateSearch }) {
  const me = useMe().actor;
  const people = usePeople('');
  const operations = useOperations();
  const blocked = useBlocked('policies:test');
  const [draft, setDraft] = useState(() => emptyDraft(search.operation ?? '', search.set, search.version));
  const change = (part: Partial<SimulationDraft>) => setDraft((now) => ({ ...now, ...part }));
  const operation = operations.find(({ name }) => name === draft.operation);
  const asking = useMutation({
    mutationFn: () => {
      const input = operation ? (prune(draft.input, operation.input, operation.input) as Record<string, unknown>) : draft.input;
      return request<Simulation>('POST', '/policies/simulate', { body: simulationBody(draft, input) });
    },
  });
  const errors = asking.error ? errorsByPointer(toProblem(asking.error)) : {};
  const who = people.find(({ id }) => id === (draft.userId || me.id))?.name ?? me.name;
  const fields = { draft, onChange: change, errors };
  return (
    <PageFrame title={t('simulate.title')} eyebrow={<Trail>{t('simulate.title')}</Trail>} facts={t('simulate.lead')}>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <Card title={t('simulate.call')}>
          <form
            noValidate
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (draft.operation !== '' && !blocked && !asking.isPending) asking.mutate();
            }}
          >
            <WhoFields {...fields} />
            <OperationFields {...fields} operation={operation} />
            <TargetFields {...fields} />
            <AroundFields {...fields} />
            <RulesFields {...fields} />
            <div>
              <Button
                type="submit"
                variant="primary"
                busy={asking.isPending}
                blocked={blocked ?? (draft.operation === '' ? t('simulate.operation.first') : null)}
                icon={<FlaskConical aria-hidden className="size-3.5" />}
              >
                {t('simulate.ask')}
              </Button>
            </div>
          </form>
        </Card>
        <div aria-live="polite" className="min-w-0 xl:sticky xl:top-5 xl:max-h-[calc(100dvh-2.5rem)] xl:overflow-y-auto">
          {asking.error ? (
            <ProblemView error={asking.error} />
          ) : asking.data ? (
            <SimulationResult simulation={asking.data} name={`${draft.operation} by ${who}`} />
          ) : (
            <Card>
              <EmptyState icon={FlaskConical} title={t('simulate.empty')}>
                {t('simulate.empty.text')}
              </EmptyState>
            </Card>
          )}
        </div>
      </div>
    </PageFrame>
  );
}
