import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Frame } from './frame.tsx';
import { typedAddress } from './handover.ts';
import { isAddress } from './methods.ts';
import { MailNote } from './mail-note.tsx';
import { Refusal, useRetryAfter } from './refusal.tsx';

/** A link for a new password. The answer is the same whether or not there is an account. */
export function ForgotPage() {
  const [email, setEmail] = useState(typedAddress.get() ?? '');
  const [fault, setFault] = useState<string | undefined>();
  const forgot = useMutation({ mutationFn: (address: string) => request('POST', '/auth/forgot-password', { body: { email: address } }) });
  const wait = useRetryAfter(forgot.error);
  if (forgot.isSuccess)
    return (
      <Frame title={t('forgot.done.title')} lead={t('forgot.done.text', { email: forgot.variables })} step="done">
        <MailNote />
        <div className="mt-7 flex flex-wrap gap-2">
          <Button asChild variant="primary" size="lg">
            <Link to="/login">{t('auth.back')}</Link>
          </Button>
          <Button size="lg" onClick={() => forgot.reset()}>
            {t('forgot.again')}
          </Button>
        </div>
      </Frame>
    );
  return (
    <Frame title={t('forgot.title')} lead={t('forgot.lead')}>
      <form
        noValidate
        method="post"
        className="mt-7 flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const address = email.trim();
          const wrong = isAddress(address) ? undefined : t(address ? 'auth.address.invalid' : 'auth.address.missing');
          setFault(wrong);
          if (wrong) return event.currentTarget.querySelector('input')?.focus();
          typedAddress.set(address);
          if (!forgot.isPending && !wait) forgot.mutate(address);
        }}
      >
        {forgot.error && <Refusal error={forgot.error} />}
        <Field label={t('auth.address')} error={fault}>
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              autoComplete="username"
              inputMode="email"
              autoFocus
              spellCheck={false}
              autoCapitalize="none"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              className="h-10! text-base!"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={forgot.isPending} disabled={wait !== null} className="w-full">
          {wait ?? t('forgot.submit')}
        </Button>
      </form>
      <p className="mt-6">
        <Link to="/login" className="rounded-sm text-accent hover:underline">
          {t('auth.back')}
        </Link>
      </p>
    </Frame>
  );
}
