import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { request } from '#lib/api.ts';
import { currentLanguage, t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { openInvitation, typedAddress } from './handover.ts';
import { NewPassword } from './new-password.tsx';
import { Refusal, useRetryAfter } from './refusal.tsx';
import { faultsOf, toldOf, type Entered } from './signup-faults.ts';

const FIELD = { name: 'name', email: 'email', password: 'new-password' } as const;

/** Name, address, password. What the server answers is the same for an address that has an account already. */
export function SignupForm({ invitation }: { invitation: string | null }) {
  const navigate = useNavigate();
  const [entered, setEntered] = useState<Entered>({ name: '', email: typedAddress.get() ?? '', password: '' });
  const [faults, setFaults] = useState<Partial<Entered>>({});
  const signup = useMutation({
    mutationFn: ({ name, email, password }: Entered) =>
      request<{ status: 'check_email' | 'verified' }>('POST', '/auth/signup', {
        body: { name: name.trim(), email: email.trim(), password, locale: currentLanguage(), ...(invitation ? { invitationToken: invitation } : {}) },
      }),
    onSuccess: ({ status }) => {
      typedAddress.set(entered.email.trim());
      if (status === 'check_email') return navigate({ to: '/verify-email', search: { sent: true } });
      // An invitation sent to this address has proven it, and was accepted with it.
      openInvitation.clear();
      return navigate({ to: '/login', search: { notice: 'verified' } });
    },
    gcTime: 0,
  });
  const wait = useRetryAfter(signup.error);
  const told = toldOf(signup.error);
  const errors = { ...told, ...faults };
  const set = (part: Partial<Entered>) => setEntered((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = faultsOf(entered);
    setFaults(found);
    const [first] = Object.keys(found) as (keyof Entered)[];
    if (first) return event.currentTarget.querySelector<HTMLInputElement>(`[name="${FIELD[first]}"]`)?.focus();
    if (!signup.isPending && !wait) signup.mutate(entered);
  };
  return (
    <form noValidate method="post" onSubmit={submit} className="mt-6 flex flex-col gap-4">
      {signup.error && Object.keys(told).length === 0 && <Refusal error={signup.error} />}
      <Field label={t('auth.name')} error={errors.name} required>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            autoFocus
            maxLength={100}
            value={entered.name}
            onChange={(event) => set({ name: event.target.value })}
            className="h-10! text-base!"
          />
        )}
      </Field>
      <Field label={t('auth.address')} error={errors.email} required>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            spellCheck={false}
            autoCapitalize="none"
            value={entered.email}
            onChange={(event) => set({ email: event.target.value })}
            className="h-10! text-base!"
          />
        )}
      </Field>
      <NewPassword
        large
        label={t('auth.password')}
        value={entered.password}
        onChange={(password) => set({ password })}
        error={errors.password}
        name={entered.name}
        email={entered.email}
      />
      <Button type="submit" variant="primary" size="lg" busy={signup.isPending} disabled={wait !== null} className="mt-1 w-full">
        {wait ?? t('signup.submit')}
      </Button>
    </form>
  );
}
