import { t } from '#lib/i18n.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { useEventTypes } from './api.ts';
import { labelsFault, rateFault, type WebhookDraft } from './draft.ts';
import { WebhookEventSelector } from './event-selector.tsx';
import { HeaderFields } from './header-fields.tsx';
import { UrlField } from './url-field.tsx';

/** Places of a list have pointers of their own: `/events/1`. */
const within = (errors: Record<string, string>, field: string): string | undefined =>
  Object.entries(errors).find(([pointer]) => pointer === field || pointer.startsWith(`${field}/`))?.[1];

export interface WebhookFieldsProps {
  draft: WebhookDraft;
  onChange: (draft: WebhookDraft) => void;
  /** By pointer, as the server says. */
  errors: Record<string, string>;
  /** Names of headers that are stored. */
  kept?: readonly string[];
}
type PartProps = Pick<WebhookFieldsProps, 'draft' | 'errors'> & { set: (part: Partial<WebhookDraft>) => void };

const Filters = ({ draft, errors, set }: PartProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label={t('webhooks.environments')} help={t('webhooks.environments.help')} required={false} error={within(errors, '/environments')}>
      {(control) => (
        <Input
          {...control}
          mono
          placeholder="prod staging"
          value={draft.environments}
          onChange={(event) => set({ environments: event.target.value })}
        />
      )}
    </Field>
    <Field
      label={t('webhooks.labels')}
      help={t('webhooks.labels.help')}
      required={false}
      error={labelsFault(draft.labels) ?? within(errors, '/labels')}
    >
      {(control) => (
        <Input {...control} mono placeholder="team=core" value={draft.labels} onChange={(event) => set({ labels: event.target.value })} />
      )}
    </Field>
  </div>
);

const Sending = ({ draft, errors, set }: PartProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label={t('webhooks.redact')} help={t('webhooks.redact.help')} required={false} error={within(errors, '/redact')}>
      {(control) => (
        <Input {...control} mono placeholder="email /actor/name" value={draft.redact} onChange={(event) => set({ redact: event.target.value })} />
      )}
    </Field>
    <Field label={t('webhooks.rate')} help={t('webhooks.rate.help')} error={rateFault(draft.rate) ?? within(errors, '/rate')}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          className="max-w-28"
          maxLength={4}
          value={draft.rate}
          onChange={(event) => set({ rate: event.target.value })}
        />
      )}
    </Field>
    <div className="sm:col-span-2">
      <Field inline label={t('webhooks.ordered')} help={t('webhooks.ordered.help')}>
        {(control) => <Checkbox {...control} checked={draft.ordered} onCheckedChange={(on) => set({ ordered: on === true })} />}
      </Field>
    </div>
  </div>
);

/** Where to, of what, and how: all that makes an endpoint. */
export function WebhookFields({ draft, onChange, errors, kept = [] }: WebhookFieldsProps) {
  const types = useEventTypes();
  const set = (part: Partial<WebhookDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Field label={t('webhooks.name')} help={t('webhooks.name.help')} required error={errors['/name']}>
        {(control) => (
          <Input {...control} autoFocus required maxLength={80} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        )}
      </Field>
      <UrlField value={draft.url} onChange={(url) => set({ url })} error={errors['/url']} />
      {types.error ? (
        <ProblemView error={types.error} retry={() => void types.refetch()} />
      ) : types.data ? (
        <WebhookEventSelector types={types.data} value={draft.events} onChange={(events) => set({ events })} error={within(errors, '/events')} />
      ) : (
        <SkeletonText lines={6} />
      )}
      <Filters draft={draft} errors={errors} set={set} />
      <HeaderFields kept={kept} value={draft.headers} onChange={(headers) => set({ headers })} error={within(errors, '/headers')} />
      <Sending draft={draft} errors={errors} set={set} />
      <Field inline label={t('webhooks.challenge')} help={t('webhooks.challenge.help')}>
        {(control) => <Checkbox {...control} checked={draft.challenge} onCheckedChange={(on) => set({ challenge: on === true })} />}
      </Field>
      <Field label={t('webhooks.description')} required={false} error={errors['/description']}>
        {(control) => (
          <Textarea {...control} maxLength={500} rows={2} value={draft.description} onChange={(event) => set({ description: event.target.value })} />
        )}
      </Field>
    </>
  );
}
