import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MailOpen } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { invitationQuery, methodsQuery, PLAIN } from './api.ts';
import { Frame } from './frame.tsx';
import { openInvitation } from './handover.ts';
import { SignupForm } from './signup-form.tsx';
import { Or, SocialButtons } from './social-buttons.tsx';

/** While the server does not say, people may try; it has the last word. */
const OPEN = { ...PLAIN, signup: 'open' } as const;

const NotOpen = ({ kind }: { kind: 'closed' | 'invite' }) => (
  <Frame title={t(`signup.${kind}.title`)} lead={t(`signup.${kind}.text`)}>
    <Button asChild size="lg" className="mt-7">
      <Link to="/login">{t('auth.back')}</Link>
    </Button>
  </Frame>
);

/** A new account: by a form, or by a provider; with an invitation when one waits. */
export function SignupPage() {
  const methods = useQuery(methodsQuery).data ?? OPEN;
  const token = openInvitation.get();
  const invitation = useQuery({ ...invitationQuery(token ?? ''), enabled: token !== null }).data;
  if (methods.signup === 'closed') return <NotOpen kind="closed" />;
  if (methods.signup === 'invite_only' && !token) return <NotOpen kind="invite" />;
  return (
    <Frame title={t('signup.title')} lead={invitation ? undefined : t('signup.lead')}>
      {invitation && (
        <p className="mt-4 flex gap-2.5 rounded-lg bg-accent-wash p-3">
          <MailOpen aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
          {t('signup.invited', { tenant: invitation.tenant.name, email: invitation.emailMasked })}
        </p>
      )}
      <SignupForm invitation={token} />
      {methods.providers.length > 0 && (
        <>
          <Or />
          <SocialButtons providers={methods.providers} returnTo={token ? '/invitations/accept' : null} purpose="signup" />
        </>
      )}
      <p className="mt-6 text-ink-2">
        {t('signup.have')}{' '}
        <Link to="/login" className="rounded-sm font-medium text-accent hover:underline">
          {t('login.submit')}
        </Link>
      </p>
    </Frame>
  );
}
