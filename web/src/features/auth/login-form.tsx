import { Link } from '@tanstack/react-router';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import type { Methods } from './api.ts';
import { typedAddress } from './handover.ts';
import { domainOf, type Next } from './methods.ts';
import { Refusal } from './refusal.tsx';
import { startOf } from './social-buttons.tsx';
import { useLogin, type LoginProps } from './use-login.ts';

/** The address that was given, and the way to another. */
const Given = ({ email, onChange }: { email: string; onChange: () => void }) => (
  <div className="flex items-center justify-between gap-3 rounded-md border border-line bg-sunken py-1.5 ps-3 pe-1.5">
    <span className="min-w-0 truncate">{email}</span>
    <Button variant="ghost" size="sm" aria-label={t('login.change.of', { email })} onClick={onChange}>
      {t('login.change')}
    </Button>
  </div>
);

/** What the organisation of the address has in place of, or besides, a password. */
function Organisation({ next, email, returnTo, nothing }: { next: Next; email: string; returnTo: string | null; nothing: boolean }) {
  if (next.kind === 'sso')
    return (
      <p role="status" className="text-ink-2">
        {t('login.sso.lead', { domain: domainOf(email), name: next.name })} {t('login.sso.going', { name: next.name })}
      </p>
    );
  if (next.kind === 'other') return nothing && <p role="alert">{t('login.noMethod')}</p>;
  return (
    next.sso && (
      <Button asChild size="lg" className="w-full text-sm!">
        <a href={startOf(next.sso.startUrl, { returnTo, purpose: 'login' })}>{t('auth.with', { name: next.sso.name })}</a>
      </Button>
    )
  );
}

/** One form for both steps: the password field is there from the beginning, out of sight, so that password managers fill both at once. */
export function LoginForm({ methods, ...props }: LoginProps & { methods: Methods }) {
  const { form, next, email, fault, busy, wait, asksPassword, remember, setRemember, submit, change } = useLogin(props);
  return (
    <form
      ref={form}
      noValidate
      method="post"
      className="mt-7 flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {props.error !== null && <Refusal error={props.error} returnTo={props.returnTo} />}
      <div className={cx(next && 'hidden')}>
        <Field label={t('auth.address')} error={fault.email}>
          {(control) => (
            <Input
              {...control}
              name="username"
              type="email"
              defaultValue={typedAddress.get() ?? ''}
              autoComplete={methods.passkeys ? 'username webauthn' : 'username'}
              inputMode="email"
              spellCheck={false}
              autoCapitalize="none"
              autoFocus
              className="h-10! text-base!"
            />
          )}
        </Field>
      </div>
      {next && <Given email={email} onChange={change} />}
      {next && <Organisation next={next} email={email} returnTo={props.returnTo} nothing={methods.providers.length === 0 && !methods.passkeys} />}
      <div aria-hidden={!asksPassword} className={cx(!asksPassword && 'sr-only')}>
        <Field label={t('auth.password')} error={fault.password}>
          {(control) => <PasswordInput {...control} large name="password" autoComplete="current-password" tabIndex={asksPassword ? undefined : -1} />}
        </Field>
      </div>
      {asksPassword && (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <label className="flex min-h-6 items-center gap-2">
            <Checkbox checked={remember} onCheckedChange={(checked) => setRemember(checked === true)} />
            {t('login.remember')}
          </label>
          <Link to="/forgot-password" className="rounded-sm text-accent hover:underline">
            {t('login.forgot')}
          </Link>
        </div>
      )}
      {next?.kind !== 'other' && (
        <Button type="submit" variant="primary" size="lg" busy={busy || next?.kind === 'sso'} disabled={wait !== null} className="mt-1 w-full">
          {wait ?? t(asksPassword ? 'login.submit' : 'auth.continue')}
        </Button>
      )}
    </form>
  );
}
