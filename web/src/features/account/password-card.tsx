import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { NewPassword, PasswordRules } from '#features/auth/new-password.tsx';
import { passwordFault } from '#features/auth/signup-faults.ts';
import { MIN_CHARACTERS } from '#features/auth/strength.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { toast } from '#ui/toast.tsx';
import { changed } from './api.ts';

type Faults = { current?: string | undefined; next?: string | undefined };

/** Where a refusal belongs: to the old password, to the new one, or to neither. */
function placed(error: Error | null): Faults {
  if (!error) return {};
  const problem = toProblem(error);
  const pointers = errorsByPointer(problem);
  const wrong = problem.slug === 'invalid-credentials' ? t('password.current.wrong') : undefined;
  return { current: wrong ?? pointers['/currentPassword'], next: passwordFault(error, '/newPassword') };
}

/** Another password. The other sessions end unless the person says otherwise. */
export function PasswordCard() {
  const { actor } = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [keep, setKeep] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const change = useMutation({
    mutationFn: () =>
      request('POST', '/users/me/change-password', { body: { currentPassword: current, newPassword: next, keepOtherSessions: keep } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      toast.done(t('password.changed'));
      return changed('/auth/sessions', '/auth/devices', '/users/me/activity');
    },
    gcTime: 0,
  });
  const told = placed(change.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found: Faults = {
      ...(current ? {} : { current: t('password.current.missing') }),
      ...([...next].length >= MIN_CHARACTERS ? {} : { next: t('newPassword.short', { min: MIN_CHARACTERS }) }),
    };
    setFaults(found);
    const first = found.current ? 'current-password' : found.next ? 'new-password' : null;
    if (first) return event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    if (!change.isPending) change.mutate();
  };
  return (
    <Card title={t('password.card')}>
      <form noValidate method="post" onSubmit={submit} className="grid gap-x-8 gap-y-4 sm:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-4">
          {change.error && !told.current && !told.next && <ProblemView error={change.error} />}
          {/* Tells a password manager whose password this is. */}
          <input type="email" name="username" autoComplete="username" value={actor.email ?? ''} readOnly hidden />
          <Field label={t('password.current')} error={faults.current ?? told.current} required>
            {(control) => (
              <PasswordInput
                {...control}
                name="current-password"
                autoComplete="current-password"
                value={current}
                onChange={(event) => setCurrent(event.target.value)}
              />
            )}
          </Field>
          <NewPassword
            label={t('newPassword.label')}
            value={next}
            onChange={setNext}
            error={faults.next ?? told.next}
            name={actor.name}
            email={actor.email ?? ''}
          />
          <label className="flex min-h-6 items-center gap-2">
            <Checkbox checked={keep} onCheckedChange={(checked) => setKeep(checked === true)} />
            {t('password.keep')}
          </label>
          <Button type="submit" variant="primary" busy={change.isPending} className="self-start">
            {t('password.change')}
          </Button>
        </div>
        <div className="sm:pt-6">
          <PasswordRules />
        </div>
      </form>
    </Card>
  );
}
