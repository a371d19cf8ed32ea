import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { request } from '#lib/api.ts';
import { useFragmentToken } from '#lib/fragment.ts';
import { t } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import { Frame } from './frame.tsx';
import { typedAddress } from './handover.ts';
import { NewPassword, PasswordRules } from './new-password.tsx';
import { Refusal, useRetryAfter } from './refusal.tsx';
import { passwordFault } from './signup-faults.ts';
import { MIN_CHARACTERS } from './strength.ts';

/** A new password by the link of a mail. */
export function ResetPage() {
  const navigate = useNavigate();
  const token = useFragmentToken();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [faults, setFaults] = useState<{ password?: string; again?: string }>({});
  const reset = useMutation({
    mutationFn: () => request('POST', '/auth/reset-password', { body: { token, password } }),
    onSuccess: () => {
      // All sessions have ended, ours too if there was one.
      queryClient.clear();
      return navigate({ to: '/login', search: { notice: 'reset' }, replace: true });
    },
    gcTime: 0,
  });
  const wait = useRetryAfter(reset.error);
  if (!token)
    return (
      <Frame title={t('reset.missing.title')} lead={t('reset.missing.text')}>
        <Button asChild variant="primary" size="lg" className="mt-7">
          <Link to="/forgot-password">{t('reset.new')}</Link>
        </Button>
      </Frame>
    );
  const told = passwordFault(reset.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = {
      ...([...password].length >= MIN_CHARACTERS ? {} : { password: t('newPassword.short', { min: MIN_CHARACTERS }) }),
      ...(password === again ? {} : { again: t('newPassword.differs') }),
    };
    setFaults(found);
    if (found.password) return event.currentTarget.querySelector<HTMLInputElement>('[name="new-password"]')?.focus();
    if (found.again) return event.currentTarget.querySelector<HTMLInputElement>('[name="again"]')?.focus();
    if (!reset.isPending && !wait) reset.mutate();
  };
  return (
    <Frame title={t('reset.title')} lead={t('reset.lead')}>
      <form noValidate method="post" onSubmit={submit} className="mt-6 flex flex-col gap-4">
        {reset.error && !told && (
          <>
            <Refusal error={reset.error} />
            <Button asChild className="self-start">
              <Link to="/forgot-password">{t('reset.new')}</Link>
            </Button>
          </>
        )}
        {/* Tells a password manager whose password this is. */}
        <input type="email" name="username" autoComplete="username" value={typedAddress.get() ?? ''} readOnly hidden />
        <NewPassword
          large
          autoFocus
          label={t('newPassword.label')}
          value={password}
          onChange={setPassword}
          error={faults.password ?? told}
          email={typedAddress.get() ?? ''}
        />
        <Field label={t('newPassword.again')} error={faults.again} required>
          {(control) => (
            <PasswordInput
              {...control}
              large
              name="again"
              autoComplete="new-password"
              value={again}
              onChange={(event) => setAgain(event.target.value)}
            />
          )}
        </Field>
        <PasswordRules />
        <Button type="submit" variant="primary" size="lg" busy={reset.isPending} disabled={wait !== null} className="w-full">
          {wait ?? t('reset.submit')}
        </Button>
      </form>
    </Frame>
  );
}
