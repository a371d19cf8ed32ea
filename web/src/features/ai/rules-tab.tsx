import { useQuery } from '@tanstack/react-query';
import { Ban, Pencil } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { providersQuery, settingsQuery, TOUCHED } from './api.ts';
import { isRegion } from './provider-draft.ts';
import { KINDS, type Kind, type Settings } from './types.ts';

const regionsOf = (text: string): string[] => [...new Set(text.toLowerCase().split(/[\s,]+/).filter(Boolean))]; // prettier-ignore

function EditRules({ settings, onClose }: { settings: Settings; onClose: () => void }) {
  const tell = useTell();
  const [forbidden, setForbidden] = useState<readonly Kind[]>(settings.forbiddenKinds);
  const [text, setText] = useState(settings.regions.join(' '));
  const [budgetsRequired, setBudgetsRequired] = useState(settings.budgetsRequired);
  const regions = regionsOf(text);
  const wanted = { forbiddenKinds: KINDS.filter((kind) => forbidden.includes(kind)), regions, budgetsRequired };
  const before = {
    forbiddenKinds: KINDS.filter((kind) => settings.forbiddenKinds.includes(kind)),
    regions: settings.regions,
    budgetsRequired: settings.budgetsRequired,
  };
  const ready = regions.every(isRegion) && JSON.stringify(wanted) !== JSON.stringify(before);
  const call = ready ? { method: 'PATCH' as const, path: '/ai/settings', body: wanted } : null;
  const errors = usePlanErrors(call);
  const fault = Object.entries(errors).find(([pointer]) => pointer.startsWith('/regions'))?.[1];
  return (
    <ReviewDialog
      title={t('ai.rules.edit')}
      description={t('ai.rules.edit.text')}
      call={call}
      action={t('action.save')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('ai.rules.edited'))}
    >
      <fieldset>
        <legend className="mb-2 text-sm font-medium">{t('ai.rules.kinds')}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {KINDS.map((kind) => (
            <Field key={kind} inline label={t(`ai.kind.${kind}`)}>
              {(control) => (
                <Checkbox
                  {...control}
                  checked={forbidden.includes(kind)}
                  onCheckedChange={(on) => setForbidden(on === true ? [...forbidden, kind] : forbidden.filter((one) => one !== kind))}
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      <Field
        label={t('ai.rules.regions')}
        help={t('ai.rules.regions.help')}
        required={false}
        error={regions.every(isRegion) ? fault : t('ai.provider.region.bad')}
      >
        {(control) => <Input {...control} mono placeholder="eu" value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Field inline label={t('ai.rules.budgets')} help={t('ai.rules.budgets.help')} required={false}>
        {(control) => <Checkbox {...control} checked={budgetsRequired} onCheckedChange={(on) => setBudgetsRequired(on === true)} />}
      </Field>
    </ReviewDialog>
  );
}

/** What nobody here may use, whatever a workflow names itself. */
export function RulesTab() {
  const settings = useQuery(settingsQuery);
  const { data: providers = [] } = useQuery(providersQuery);
  const [editing, setEditing] = useState(false);
  const blocked = useBlocked('ai:manage');
  const trusted = providers.filter(({ confidential }) => confidential);
  return (
    <Loaded query={settings} lines={5}>
      {(data) => (
        <Card
          title={t('ai.rules')}
          aside={
            <Button size="sm" blocked={blocked} icon={<Pencil aria-hidden className="size-3.5" />} onClick={() => setEditing(true)}>
              {t('ai.rules.edit')}
            </Button>
          }
        >
          <p className="mb-4 max-w-prose text-pretty text-ink-2">{t('ai.rules.text')}</p>
          <KeyValues
            rows={[
              [
                t('ai.rules.kinds'),
                data.forbiddenKinds.length === 0
                  ? t('value.none')
                  : data.forbiddenKinds.map((kind) => (
                      <Badge key={kind} tone="bad" icon={<Ban aria-hidden />}>
                        {t(`ai.kind.${kind}`)}
                      </Badge>
                    )),
              ],
              [
                t('ai.rules.regions'),
                data.regions.length === 0
                  ? t('ai.rules.regions.all')
                  : data.regions.map((region) => (
                      <Badge key={region} tone="outline" className="font-mono">
                        {region}
                      </Badge>
                    )),
              ],
              [t('ai.rules.budgets'), t(data.budgetsRequired ? 'ai.rules.budgets.yes' : 'ai.rules.budgets.no')],
              [
                t('ai.rules.confidential'),
                trusted.length === 0 ? t('ai.rules.confidential.none') : trusted.map(({ id, label }) => <Badge key={id}>{label}</Badge>),
              ],
            ]}
          />
          {editing && <EditRules settings={data} onClose={() => setEditing(false)} />}
        </Card>
      )}
    </Loaded>
  );
}
