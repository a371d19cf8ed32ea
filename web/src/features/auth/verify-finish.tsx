import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Frame } from './frame.tsx';
import { NewPassword } from './new-password.tsx';
import { Refusal, useRetryAfter } from './refusal.tsx';
import { faultsOf, toldOf, type Entered } from './signup-faults.ts';

/** The address is proven, in another browser than it was signed up with; `proof` says so to the server. */
export interface PasswordRequired {
  status: 'password-required';
  proof: string;
  email: string;
  name: string;
}
export interface FinishProps {
  proven: PasswordRequired;
  onDone: (email: string) => void;
  /** Back to the code and to another mail, for whoever waited for too long. */
  onAgain: () => void;
}

/** Whoever confirms elsewhere than they signed up chooses the password here: the one of the sign-up may be a stranger's. */
export function VerifyFinish({ proven: { proof, email, name: given }, onDone, onAgain }: FinishProps) {
  const [entered, setEntered] = useState<Entered>({ name: given, email, password: '' });
  const [faults, setFaults] = useState<Partial<Entered>>({});
  const finish = useMutation({
    mutationFn: ({ name, password }: Entered) =>
      request<{ status: 'verified'; email: string }>('POST', '/auth/verify-email', { body: { token: proof, name: name.trim(), password } }),
    onSuccess: () => onDone(email),
    gcTime: 0,
  });
  const wait = useRetryAfter(finish.error);
  const told = toldOf(finish.error);
  const errors = { ...told, ...faults };
  const isOver = finish.error !== null && toProblem(finish.error).slug === 'link-invalid';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = faultsOf(entered);
    setFaults(found);
    if (found.name) return event.currentTarget.querySelector<HTMLInputElement>('[name="name"]')?.focus();
    if (found.password) return event.currentTarget.querySelector<HTMLInputElement>('[name="new-password"]')?.focus();
    if (!finish.isPending && !wait) finish.mutate(entered);
  };
  return (
    <Frame title={t('verify.finish.title')} step="finish" lead={t('verify.finish.lead', { email })}>
      <form noValidate method="post" onSubmit={submit} className="mt-6 flex flex-col gap-4">
        {finish.error && Object.keys(told).length === 0 && <Refusal error={finish.error} />}
        {/* Tells a password manager whose password this is. */}
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field label={t('auth.name')} error={errors.name} required>
          {(control) => (
            <Input
              {...control}
              name="name"
              autoComplete="name"
              maxLength={100}
              value={entered.name}
              onChange={(event) => setEntered({ ...entered, name: event.target.value })}
              className="h-10! text-base!"
            />
          )}
        </Field>
        <NewPassword
          large
          autoFocus
          label={t('auth.password')}
          value={entered.password}
          onChange={(password) => setEntered({ ...entered, password })}
          error={errors.password}
          name={entered.name}
          email={email}
        />
        <Button type="submit" variant="primary" size="lg" busy={finish.isPending} disabled={wait !== null || isOver} className="mt-1 w-full">
          {wait ?? t('verify.finish.submit')}
        </Button>
      </form>
      {isOver ? (
        <Button className="mt-4" onClick={onAgain}>
          {t('verify.finish.again')}
        </Button>
      ) : (
        <div className="mt-6 flex flex-col gap-2 text-ink-2">
          <p>{t('verify.finish.elsewhere')}</p>
          <p>{t('verify.finish.stranger')}</p>
        </div>
      )}
    </Frame>
  );
}
