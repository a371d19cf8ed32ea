import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTell } from '#features/review/submit.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { COMPANY_FIELDS, CONTACTS, pathOf, type Company, type CompanyField, type Contact, type Organization } from './api.ts';

interface Draft {
  name: string;
  slug: string;
  fields: Record<CompanyField, string>;
  contacts: Contact[];
}
const draftOf = ({ name, slug, company }: Organization): Draft => ({
  name,
  slug,
  fields: Object.fromEntries(COMPANY_FIELDS.map((field) => [field, company[field] ?? ''])) as Draft['fields'],
  contacts: company.contacts ?? [],
});
/** As the server keeps it: what is empty is not there. */
export const companyOf = ({ fields, contacts }: Pick<Draft, 'fields' | 'contacts'>): Company => ({
  ...Object.fromEntries(COMPANY_FIELDS.map((field) => [field, fields[field].trim()] as const).filter(([, value]) => value !== '')),
  ...(contacts.length > 0
    ? { contacts: contacts.map(({ phone, ...contact }) => ({ ...contact, ...(phone?.trim() ? { phone: phone.trim() } : {}) })) }
    : {}),
});
/** Only what differs, as PATCH wants it. */
function editOf(organization: Organization, draft: Draft): Record<string, unknown> {
  const company = companyOf(draft);
  const before = companyOf(draftOf(organization));
  return {
    ...(draft.name.trim() === organization.name ? {} : { name: draft.name.trim() }),
    ...(draft.slug.trim() === organization.slug ? {} : { slug: draft.slug.trim() }),
    ...(JSON.stringify(company) === JSON.stringify(before) ? {} : { company }),
  };
}

interface ContactsProps {
  contacts: readonly Contact[];
  disabled: boolean;
  errors: Record<string, string>;
  onChange: (contacts: Contact[]) => void;
}
function Contacts({ contacts, disabled, errors, onChange }: ContactsProps) {
  const put = (at: number, part: Partial<Contact>) => onChange(contacts.map((contact, i) => (i === at ? { ...contact, ...part } : contact)));
  return (
    <Card
      flush
      title={t('org.contacts')}
      aside={
        <Button
          size="sm"
          disabled={disabled}
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => onChange([...contacts, { type: 'technical', name: '', email: '' }])}
        >
          {t('org.contacts.add')}
        </Button>
      }
    >
      {contacts.length === 0 && <p className="px-4 py-4 text-ink-2">{t('org.contacts.none')}</p>}
      <ul className="divide-y divide-line">
        {contacts.map((contact, at) => (
          <li key={at} className="grid items-start gap-3 px-4 py-3 sm:grid-cols-[9rem_1fr_1fr_1fr_auto]">
            <Field label={t('org.contact.type')}>
              {(control) => (
                <Select
                  {...control}
                  disabled={disabled}
                  value={contact.type}
                  onChange={(type) => put(at, { type })}
                  choices={CONTACTS.map((value) => ({ value, label: t(`org.contact.type.${value}`) }))}
                />
              )}
            </Field>
            {(['name', 'email', 'phone'] as const).map((field) => (
              <Field key={field} label={t(`org.contact.${field}`)} error={errors[`/company/contacts/${at}/${field}`]}>
                {(control) => (
                  <Input
                    {...control}
                    disabled={disabled}
                    type={field === 'email' ? 'email' : 'text'}
                    value={contact[field] ?? ''}
                    onChange={(event) => put(at, { [field]: event.target.value })}
                  />
                )}
              </Field>
            ))}
            <Button
              size="icon"
              variant="ghost"
              className="sm:mt-6"
              disabled={disabled}
              aria-label={t('org.contact.remove', { number: at + 1 })}
              onClick={() => onChange(contacts.filter((_, i) => i !== at))}
            >
              <Trash2 aria-hidden className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Name, address and contacts of the company. */
export function CompanyForm({ organization }: { organization: Organization }) {
  const client = useQueryClient();
  const tell = useTell();
  const blocked = useBlocked('tenants:update');
  const [draft, setDraft] = useState(() => draftOf(organization));
  const body = editOf(organization, draft);
  const same = Object.keys(body).length === 0;
  const save = useMutation({
    mutationFn: () => run<Organization>('PATCH', pathOf(organization.id), { body }, { ifMatch: organization.version }),
    onSuccess: (outcome) => {
      tell(outcome, t('org.saved'));
      return Promise.all([client.invalidateQueries({ queryKey: [pathOf(organization.id)] }), client.invalidateQueries({ queryKey: ['me'] })]);
    },
  });
  const errors = errorsByPointer(save.error && toProblem(save.error));
  const disabled = blocked !== null;
  const text = (field: CompanyField) => (
    <Field
      key={field}
      label={t(`org.company.${field}`)}
      error={errors[`/company/${field}`]}
      help={field === 'country' ? t('org.company.country.help') : undefined}
    >
      {(control) => (
        <Input
          {...control}
          disabled={disabled}
          value={draft.fields[field]}
          maxLength={field === 'country' ? 2 : 200}
          onChange={(event) =>
            setDraft({ ...draft, fields: { ...draft.fields, [field]: field === 'country' ? event.target.value.toUpperCase() : event.target.value } })
          }
        />
      )}
    </Field>
  );
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!same && !disabled && !save.isPending) save.mutate();
      }}
    >
      {save.error && (
        <ProblemView error={save.error} placed={(pointer) => pointer.startsWith('/company') || pointer === '/slug' || pointer === '/name'} />
      )}
      <Card title={t('org.name.card')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('org.name')} error={errors['/name']} required>
            {(control) => (
              <Input
                {...control}
                disabled={disabled}
                maxLength={100}
                value={draft.name}
                onChange={(event) => setDraft({ ...draft, name: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('org.slug')} help={t('org.slug.help')} error={errors['/slug']} required>
            {(control) => (
              <Input
                {...control}
                mono
                disabled={disabled}
                maxLength={50}
                value={draft.slug}
                onChange={(event) => setDraft({ ...draft, slug: event.target.value })}
              />
            )}
          </Field>
        </div>
      </Card>
      <Card title={t('org.company.card')}>
        <div className="grid gap-4 sm:grid-cols-2">{COMPANY_FIELDS.map(text)}</div>
      </Card>
      <Contacts contacts={draft.contacts} disabled={disabled} errors={errors} onChange={(contacts) => setDraft({ ...draft, contacts })} />
      <Button type="submit" variant="primary" className="self-start" busy={save.isPending} disabled={same && !disabled} blocked={blocked}>
        {t('action.save')}
      </Button>
    </form>
  );
}
