import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Select } from '#ui/select.tsx';
import { settingsQuery, TOUCHED } from './api.ts';
import { PURPOSES, type Model, type Models, type Purpose, type Settings } from './types.ts';

/** Radix forbids an empty value; no model is called so. */
const NONE = '-';

/** What a purpose can have: vectors come of other models than texts. One that is chosen stays a choice when it cannot be used now. */
const choicesFor = (purpose: Purpose, models: readonly Model[], chosen: string | null) =>
  models
    .filter(({ id, kind, unavailable }) => (kind === 'embedding') === (purpose === 'embedding') && (unavailable === null || id === chosen))
    .map(({ id, label, unavailable }) => ({ value: id, label: `${label} (${id})`, ...(unavailable ? { help: unavailable } : {}) }));

interface DialogProps {
  settings: Settings;
  models: readonly Model[];
  onClose: () => void;
}
function ChooseModels({ settings, models, onClose }: DialogProps) {
  const tell = useTell();
  const [chosen, setChosen] = useState(settings.defaults);
  const changed = Object.fromEntries(PURPOSES.filter((purpose) => chosen[purpose] !== settings.defaults[purpose]).map((purpose) => [purpose, chosen[purpose]]));
  const call = Object.keys(changed).length > 0 ? { method: 'PATCH' as const, path: '/ai/settings', body: { defaults: changed } } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      title={t('ai.defaults.choose')}
      description={t('ai.defaults.text')}
      call={call}
      action={t('action.save')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('ai.defaults.chosen'))}
    >
      {PURPOSES.map((purpose) => (
        <Field key={purpose} label={t(`ai.purpose.${purpose}`)} help={t(`ai.purpose.${purpose}.help`)} error={errors[`/defaults/${purpose}`]}>
          {(control) => (
            <Select
              {...control}
              value={chosen[purpose] ?? NONE}
              onChange={(id) => setChosen({ ...chosen, [purpose]: id === NONE ? null : id })}
              choices={[
                { value: NONE, label: t(purpose === 'llm' || purpose === 'embedding' ? 'value.none' : 'ai.defaults.asTexts') },
                ...choicesFor(purpose, models, settings.defaults[purpose]),
              ]}
            />
          )}
        </Field>
      ))}
    </ReviewDialog>
  );
} // prettier-ignore

/** Which model each purpose has when nothing else is said. */
export function DefaultsCard({ models }: { models: Models }) {
  const { data: settings } = useQuery(settingsQuery);
  const [choosing, setChoosing] = useState(false);
  const blocked = useBlocked('ai:manage');
  const nameOf = (id: string | null) => models.items.find((one) => one.id === id)?.label ?? id;
  return (
    <Card
      title={t('ai.defaults')}
      aside={
        <Button size="sm" blocked={blocked} disabled={!settings} onClick={() => setChoosing(true)}>
          {t('ai.defaults.choose')}
        </Button>
      }
    >
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-5">
        {PURPOSES.map((purpose) => {
          const [holds, own] = [models.defaults[purpose], settings?.defaults[purpose]];
          return (
            <div key={purpose} className="min-w-0">
              <dt className="text-xs text-ink-3">{t(`ai.purpose.${purpose}`)}</dt>
              <dd className="mt-0.5 font-medium [overflow-wrap:anywhere]">
                {nameOf(holds) ?? <span className="font-normal text-ink-3">{t('value.none')}</span>}
                {holds && settings && !own && <span className="block text-xs font-normal text-ink-3">{t('ai.defaults.asTexts')}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
      {choosing && settings && <ChooseModels settings={settings} models={models.items} onClose={() => setChoosing(false)} />}
    </Card>
  );
}
