import { useNavigate, useSearch } from '@tanstack/react-router';
import { Eye, EyeOff } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import { Mark } from '#features/shell/logo.tsx';
import { t } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { meQuery, safeReturn, signIn } from '#lib/session.ts';
import { useDocumentTitle } from '#ui/document-title.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { LinePicture } from './line-picture.tsx';

interface Missing {
  email?: string;
  password?: string;
}

/** Sign-in with address and password. Plain fields with standard names, so that password managers fill them. */
const textIn = (data: FormData, field: string): string => {
  const value = data.get(field);
  return typeof value === 'string' ? value : '';
};

export function LoginPage() {
  const { returnTo, ended } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState<Missing>({});
  const [busy, setBusy] = useState(false);
  const [visible, setVisible] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useDocumentTitle(t('login.submit'));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // Read from the form, not from state: managers fill fields without telling React.
    const data = new FormData(form.current!);
    const email = textIn(data, 'email').trim();
    const password = textIn(data, 'password');
    const lacks: Missing = { ...(email ? {} : { email: t('login.missing.email') }), ...(password ? {} : { password: t('login.missing.password') }) };
    setMissing(lacks);
    setError(null);
    const first = lacks.email ? 'email' : lacks.password ? 'password' : null;
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    setBusy(true);
    try {
      await signIn(email, password);
      await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
      await navigate({ href: safeReturn(returnTo), replace: true });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="grid min-h-dvh bg-surface lg:grid-cols-[minmax(26rem,5fr)_7fr]">
      <div className="flex flex-col justify-center px-6 py-10 sm:px-16">
        <div className="mx-auto w-full max-w-sm">
          <Mark className="size-9" />
          <h1 className="mt-6 text-2xl font-semibold tracking-[-0.015em]">{t('login.title')}</h1>
          <p className="mt-1.5 text-base text-ink-2">{ended ? t('login.ended') : t('login.lead')}</p>
          <form ref={form} noValidate method="post" onSubmit={(event) => void submit(event)} className="mt-7 flex flex-col gap-4">
            {error !== null && <ProblemView error={error} />}
            <Field label={t('login.email')} error={missing.email}>
              {(control) => (
                <Input
                  {...control}
                  name="email"
                  type="email"
                  autoComplete="username"
                  inputMode="email"
                  spellCheck={false}
                  autoCapitalize="none"
                  autoFocus
                  className="h-10! text-base!"
                />
              )}
            </Field>
            <Field label={t('login.password')} error={missing.password}>
              {(control) => (
                <div className="relative">
                  <Input
                    {...control}
                    name="password"
                    type={visible ? 'text' : 'password'}
                    autoComplete="current-password"
                    className="h-10! pe-10! text-base!"
                  />
                  <button
                    type="button"
                    aria-label={t(visible ? 'login.hide' : 'login.show')}
                    aria-pressed={visible}
                    onClick={() => setVisible(!visible)}
                    className="absolute end-1 top-1 grid size-8 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
                  >
                    {visible ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
                  </button>
                </div>
              )}
            </Field>
            <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1 w-full">
              {t('login.submit')}
            </Button>
          </form>
        </div>
      </div>
      <LinePicture />
    </main>
  );
}
