import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { slugOf } from './slug.ts';
import type { Team } from './types.ts';

function People({ value, onChange }: { value: readonly string[]; onChange: (ids: string[]) => void }) {
  const people = usePeople('');
  return (
    <Field label={t('teams.people')} required={false} help={t('teams.people.help')}>
      {(control) => (
        <MultiSelect
          control={control}
          value={value}
          onChange={onChange}
          choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
        />
      )}
    </Field>
  );
}

/** Makes a team. */
export function NewTeamDialog({ onClose }: { onClose: () => void }) {
  const tell = useTell();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const [description, setDescription] = useState('');
  const [members, setMembers] = useState<string[]>([]);
  const body = { slug: slug ?? slugOf(name), name: name.trim(), description: description.trim(), members };
  const ready = body.name !== '' && /^[a-z][a-z0-9-]{1,62}$/.test(body.slug);
  return (
    <ReviewDialog
      title={t('teams.create')}
      description={t('teams.text')}
      call={ready ? { method: 'POST', path: '/teams', body } : null}
      action={t('action.create')}
      touched={['/teams']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('teams.created', { name: body.name }))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('roles.name')} required>
          {(control) => <Input {...control} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t('teams.slug')} required help={t('teams.slug.help')}>
          {(control) => <Input {...control} mono maxLength={63} value={body.slug} onChange={(event) => setSlug(event.target.value)} />}
        </Field>
      </div>
      <Field label={t('roles.column.description')} required={false}>
        {(control) => <Input {...control} maxLength={500} value={description} onChange={(event) => setDescription(event.target.value)} />}
      </Field>
      <People value={members} onChange={setMembers} />
    </ReviewDialog>
  );
}

/** Renames a team, or says who is in it: two acts, so that each is agreed by itself. */
export function TeamDialog({ team, part, onClose }: { team: Team; part: 'name' | 'members'; onClose: () => void }) {
  const tell = useTell();
  const [name, setName] = useState(team.name);
  const [description, setDescription] = useState(team.description);
  const [members, setMembers] = useState(() => team.members.map(({ id }) => id));
  const call: Call =
    part === 'members'
      ? { method: 'PUT', path: `/teams/${team.id}/members`, body: { members }, ifMatch: team.version }
      : { method: 'PATCH', path: `/teams/${team.id}`, body: { name: name.trim(), description: description.trim() }, ifMatch: team.version };
  return (
    <ReviewDialog
      title={t(part === 'members' ? 'teams.people.of' : 'teams.edit.of', { name: team.name })}
      description={t('teams.text')}
      call={part === 'name' && name.trim() === '' ? null : call}
      action={t('action.save')}
      touched={['/teams']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('teams.edited', { name }))}
    >
      {part === 'members' ? (
        <People value={members} onChange={setMembers} />
      ) : (
        <>
          <Field label={t('roles.name')} required>
            {(control) => <Input {...control} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Field label={t('roles.column.description')} required={false}>
            {(control) => <Input {...control} maxLength={500} value={description} onChange={(event) => setDescription(event.target.value)} />}
          </Field>
        </>
      )}
    </ReviewDialog>
  );
}
