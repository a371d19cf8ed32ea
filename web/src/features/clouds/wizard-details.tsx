import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { useConnections } from './api.ts';
import { parseLabels } from './labels.ts';
import type { StepProps } from './wizard-choices.tsx';
import { MOST_AT_ONCE, namesOf } from './wizard.ts';

const SHOWN = 4;
/** The names that several will have. */
const Names = ({ names }: { names: readonly string[] }) => (
  <>
    {t('newServer.names')} <span className="font-mono text-ink-2">{names.slice(0, SHOWN).join(', ')}</span>
    {names.length > SHOWN && ` … ${names.at(-1)}`}
  </>
);

interface ProtectionProps {
  /** null: as is usual. */
  protect: boolean | null;
  byDefault: boolean;
  onChange: (protect: boolean | null) => void;
}
const ProtectionField = ({ protect, byDefault, onChange }: ProtectionProps) => (
  <Field label={t('server.protection')} help={t('newServer.protection.help')}>
    {(control) => (
      <Select
        {...control}
        value={protect === null ? 'default' : protect ? 'on' : 'off'}
        onChange={(next) => onChange(next === 'default' ? null : next === 'on')}
        choices={[
          { value: 'default', label: t(byDefault ? 'newServer.protection.defaultOn' : 'newServer.protection.defaultOff') },
          { value: 'on', label: t('server.protection.on') },
          { value: 'off', label: t('server.protection.off') },
        ]}
      />
    )}
  </Field>
);

/** What it is called and how it is kept. */
export function DetailsStep({ draft, set, faults }: StepProps) {
  const connection = useConnections().find(({ id }) => id === draft.connectionId);
  const environment = draft.environment || connection?.environment || '';
  const protectedByDefault = environment === 'prod';
  const several = Number.isInteger(draft.count) && draft.count > 1 && draft.count <= MOST_AT_ONCE;
  const fault = (field: keyof typeof draft) => (faults[field] ? t(faults[field]) : undefined);
  return (
    <Card title={t('newServer.step.details')}>
      <div className="flex max-w-2xl flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
          <Field
            label={t('servers.column.name')}
            help={several && draft.name ? <Names names={namesOf(draft)} /> : t(several ? 'newServer.name.pattern' : 'newServer.name.help')}
            error={fault('name')}
            required
          >
            {(control) => (
              <Input
                {...control}
                mono
                autoFocus
                autoComplete="off"
                spellCheck={false}
                maxLength={63}
                placeholder={draft.count > 1 ? 'web-{n}' : 'web-1'}
                value={draft.name}
                onChange={(event) => set({ name: event.target.value.toLowerCase() })}
              />
            )}
          </Field>
          <Field label={t('newServer.count')} error={fault('count')}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={MOST_AT_ONCE}
                value={Number.isNaN(draft.count) ? '' : draft.count}
                onChange={(event) => set({ count: event.target.valueAsNumber })}
              />
            )}
          </Field>
        </div>
        <Field label={t('servers.column.environment')} help={t('newServer.environment.help')} error={fault('environment')} required={false}>
          {(control) => (
            <>
              <Input
                {...control}
                list="environments"
                spellCheck={false}
                maxLength={31}
                placeholder={connection?.environment ? t('newServer.environment.default', { name: connection.environment }) : 'dev'}
                value={draft.environment}
                onChange={(event) => set({ environment: event.target.value })}
              />
              <datalist id="environments">
                {['dev', 'staging', 'prod'].map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field
          label={t('servers.column.labels')}
          help={t('newServer.labels.help')}
          error={faults.labels ? (parseLabels(draft.labels).fault ?? undefined) : undefined}
          required={false}
        >
          {(control) => (
            <Input
              {...control}
              mono
              spellCheck={false}
              placeholder="role=web team=shop"
              value={draft.labels}
              onChange={(event) => set({ labels: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('newServer.description')} required={false}>
          {(control) => (
            <Input {...control} maxLength={500} value={draft.description} onChange={(event) => set({ description: event.target.value })} />
          )}
        </Field>
        <ProtectionField protect={draft.protect} byDefault={protectedByDefault} onChange={(protect) => set({ protect })} />
        <Field label={t('newServer.start')} inline>
          {(control) => <Checkbox {...control} checked={draft.start} onCheckedChange={(on) => set({ start: on === true })} />}
        </Field>
      </div>
    </Card>
  );
}
