import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { useTell } from '#features/review/submit.ts';
import type { Outcome } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Tabs } from '#ui/tabs.tsx';
import { usePlaces } from './api.ts';
import { ANYWHERE, isName, NO_VALUE, NOTHING_SAID, placePart, saidPart, valuePart } from './draft.ts';
import { OneFields, type OneDraft } from './one-fields.tsx';
import { SealedDialog } from './sealed-dialog.tsx';
import { ServiceFields } from './service-fields.tsx';
import { ShownValue } from './shown-value.tsx';
import { serviceCall, templatesQuery, type ServiceDraft } from './templates.ts';
import type { SecretOnce } from './types.ts';

const NEW: OneDraft = { name: '', place: ANYWHERE, type: 'secret', value: NO_VALUE, about: NOTHING_SAID };
const NO_SERVICE: ServiceDraft = { template: '', place: ANYWHERE, prefix: '', values: {} };

/** The call that stores one secret; null while something is missing. */
function oneCall({ name, place, type, value, about }: OneDraft): Call | null {
  const parts = [placePart(place), valuePart(type, value), saidPart(about)];
  if (!isName(name) || parts.includes(null)) return null;
  return { method: 'POST', path: '/secrets', body: { name, type, ...parts[0], ...parts[1], ...parts[2] } };
}

/** Of one that was made by the server, with its value. */
type Created = Partial<Pick<SecretOnce, 'value'>>;
type Kind = 'one' | 'service';

/** A new secret: entered or made by the server, or all that a service wants, from its template. A value that was made is shown once. */
export function CreateSecretDialog({ onClose }: { onClose: () => void }) {
  const tell = useTell();
  const places = usePlaces();
  const [kind, setKind] = useState<Kind>('one');
  const [one, setOne] = useState(NEW);
  const [service, setService] = useState(NO_SERVICE);
  const [made, setMade] = useState<{ name: string; value: string } | null>(null);
  const { data: templates } = useQuery(templatesQuery);
  const template = templates?.find(({ id }) => id === service.template);
  const build = () => (kind === 'one' ? oneCall(one) : template ? serviceCall(template, service) : null);

  const settle = (outcome: Outcome<Created>) => {
    tell(outcome, kind === 'one' ? t('secrets.created', { name: one.name }) : t('secrets.created.service', { name: template!.name }));
    const value = outcome.status === 'done' ? outcome.output.value : undefined;
    if (value === undefined) return onClose();
    setMade({ name: one.name, value });
  };
  if (made) return <ShownValue {...made} onClose={onClose} />;
  return (
    <SealedDialog<Created>
      title={t('secrets.create')}
      description={t('secrets.create.text')}
      build={build}
      action={t('action.create')}
      generated={kind === 'one' && one.value.how === 'generated'}
      onClose={onClose}
      onOutcome={settle}
    >
      {(errors) => (
        <Tabs
          label={t('secrets.create')}
          value={kind}
          onChange={setKind}
          tabs={[
            {
              value: 'one',
              label: t('secrets.create.one'),
              content: (
                <div className="flex flex-col gap-4">
                  <OneFields draft={one} onChange={setOne} places={places} errors={errors} />
                </div>
              ),
            },
            {
              value: 'service',
              label: t('secrets.create.service'),
              content: (
                <div className="flex flex-col gap-4">
                  <ServiceFields draft={service} onChange={setService} places={places} errors={errors} />
                </div>
              ),
            },
          ]}
        />
      )}
    </SealedDialog>
  );
}
