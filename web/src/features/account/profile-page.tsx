import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Hourglass } from 'lucide-react';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { queryClient } from '#lib/query.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { changed, profileQuery, type Profile } from './api.ts';
import { AvatarUpload } from './avatar-upload.tsx';
import { EmailDialog } from './email-dialog.tsx';
import { Loaded } from './loaded.tsx';

const FIELDS = [
  { key: 'name', label: 'profile.name', complete: 'name', required: true },
  { key: 'givenName', label: 'profile.given', complete: 'given-name', required: false },
  { key: 'familyName', label: 'profile.family', complete: 'family-name', required: false },
] as const;
type Names = Record<(typeof FIELDS)[number]['key'], string>;

function ProfileForm({ profile }: { profile: Profile }) {
  const before: Names = { name: profile.name, givenName: profile.givenName ?? '', familyName: profile.familyName ?? '' };
  const [names, setNames] = useState<Names>(before);
  const save = useMutation({
    mutationFn: () =>
      request<Profile>('PATCH', '/users/me', {
        body: { name: names.name.trim(), givenName: names.givenName.trim() || null, familyName: names.familyName.trim() || null },
        headers: { 'if-match': `"${profile.version}"` },
      }),
    onSuccess: (saved) => {
      queryClient.setQueryData(profileQuery.queryKey, saved);
      toast.done(t('profile.saved'));
      return changed('me');
    },
  });
  const errors = errorsByPointer(save.error && toProblem(save.error));
  const missing = names.name.trim() === '' ? t('profile.name.missing') : undefined;
  const same = FIELDS.every(({ key }) => names[key].trim() === before[key]);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing && !same && !save.isPending) save.mutate();
      }}
    >
      {save.error && Object.keys(errors).length === 0 && (
        <ProblemView error={save.error} retry={() => void changed('/users/me').then(() => save.reset())} />
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        {FIELDS.map(({ key, label, complete, required }) => (
          <Field key={key} label={t(label)} required={required} error={errors[`/${key}`] ?? (key === 'name' ? missing : undefined)}>
            {(control) => (
              <Input
                {...control}
                autoComplete={complete}
                maxLength={100}
                value={names[key]}
                onChange={(event) => setNames({ ...names, [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <Button type="submit" variant="primary" busy={save.isPending} disabled={same || Boolean(missing)} className="self-start">
        {t('action.save')}
      </Button>
    </form>
  );
}

function EmailCard({ profile }: { profile: Profile }) {
  const [changing, setChanging] = useState(false);
  return (
    <Card title={t('profile.email')}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{profile.email}</span>
            {profile.emailVerified ? (
              <Badge tone="good" icon={<CircleCheck aria-hidden />}>
                {t('profile.email.verified')}
              </Badge>
            ) : (
              <Badge tone="warn" icon={<CircleAlert aria-hidden />}>
                {t('profile.email.unverified')}
              </Badge>
            )}
          </p>
          <p className="mt-1 text-ink-2">{t('profile.email.help')}</p>
          {profile.pendingEmail && (
            <p className="mt-2 flex items-center gap-1.5 text-warn">
              <Hourglass aria-hidden className="size-3.5 shrink-0" />
              {t('profile.email.pending', { email: profile.pendingEmail })}
            </p>
          )}
        </div>
        <Button onClick={() => setChanging(true)}>{t('profile.email.change')}</Button>
      </div>
      {changing && <EmailDialog onClose={() => setChanging(false)} />}
    </Card>
  );
}

/** How one appears to others, and the address one signs in with. */
export function ProfilePage() {
  const profile = useQuery(profileQuery);
  return (
    <PageFrame title={t('profile.title')} facts={t('profile.lead')} width="reading">
      <Loaded query={profile} lines={6}>
        {(data) => (
          <>
            <Card title={t('profile.picture')}>
              <AvatarUpload profile={data} />
            </Card>
            <Card title={t('profile.card')}>
              <ProfileForm key={data.version} profile={data} />
            </Card>
            <EmailCard profile={data} />
            <p className="text-xs text-ink-3">
              {t('profile.since')} <Time at={data.createdAt} />
              {data.lastLoginAt && (
                <>
                  {' '}
                  · {t('profile.lastLogin')} <Time at={data.lastLoginAt} />
                </>
              )}
            </p>
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}
