import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { request } from '#lib/api.ts';
import { absoluteTime, words } from '#lib/formats.ts';
import { tokenOf, useFragmentToken } from '#lib/fragment.ts';
import { t } from '#lib/i18n.ts';
import { Problem } from '#lib/problem.ts';
import { signOut, switchTenant, visitor } from '#lib/session.ts';
import type { Me, Tenant } from '#lib/types.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { toast } from '#ui/toast.tsx';
import { invitationQuery, type InvitationFacts } from './api.ts';
import { Frame } from './frame.tsx';
import { openInvitation } from './handover.ts';

/** The link of an invitation, pasted: for people who were brought here without it. */
function PasteInvitation({ onToken }: { onToken: (token: string) => void }) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const token = tokenOf(text);
        setWrong(token === null);
        if (token) onToken(token);
      }}
    >
      <Field label={t('invitation.paste')} error={wrong ? t('invitation.paste.invalid') : undefined}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-10!"
          />
        )}
      </Field>
      <Button type="submit" className="self-start">
        {t('invitation.open')}
      </Button>
    </form>
  );
}

const Gone = ({ error }: { error: unknown }) => (
  <Frame title={t('invitation.gone.title')} lead={t('invitation.gone.text')} step="gone">
    <div className="mt-6 flex flex-col gap-5">
      {error !== null && !(error instanceof Problem && error.status === 410) && <ProblemView error={error} />}
      <Button asChild variant="primary" size="lg" className="self-start">
        <Link to="/" onClick={openInvitation.clear}>
          {t('auth.continue')}
        </Link>
      </Button>
    </div>
  </Frame>
);

interface OpenProps {
  token: string;
  facts: InvitationFacts;
  me: Me | null;
}
function Open({ token, facts, me }: OpenProps) {
  const { tenant } = facts;
  const accept = useMutation({
    mutationFn: async () => {
      const joined = await request<{ tenant: Tenant }>('POST', '/invitations/accept', { body: { token } });
      openInvitation.clear();
      await switchTenant(joined.tenant.id);
    },
    // A new document, in the tenant just joined.
    onSuccess: () => location.assign('/'),
  });
  const mismatch = accept.error instanceof Problem && accept.error.slug === 'invitation-address-mismatch';
  const another = () => void signOut(facts.requiresSignup ? '/signup' : '/login').catch(toast.failed);
  return (
    <Frame title={t('invitation.title', { tenant: tenant.name })} lead={t('invitation.lead', { email: facts.emailMasked })}>
      {tenant.logoUrl && <img src={tenant.logoUrl} alt="" className="mt-5 h-10 max-w-48 object-contain object-left" />}
      <KeyValues
        className="mt-5"
        rows={[
          [t('invitation.roles'), facts.roles.map((role) => <Badge key={role}>{words(role)}</Badge>)],
          [t('invitation.until'), absoluteTime(facts.expiresAt)],
        ]}
      />
      <div className="mt-7 flex flex-col gap-3">
        {accept.error && <ProblemView error={accept.error} />}
        {mismatch && <p className="text-ink-2">{t('invitation.other', { email: me?.actor.email ?? '' })}</p>}
        {me && !mismatch && (
          <Button variant="primary" size="lg" busy={accept.isPending} onClick={() => accept.mutate()}>
            {t('invitation.join', { tenant: tenant.name })}
          </Button>
        )}
        {me && (
          <Button size="lg" className="text-sm!" onClick={another}>
            {t('invitation.otherAccount')}
          </Button>
        )}
        {!me && (
          <>
            <Button asChild variant={facts.requiresSignup ? 'primary' : 'secondary'} size="lg" className={facts.requiresSignup ? '' : 'order-2'}>
              <Link to="/signup">{t('invitation.signUp')}</Link>
            </Button>
            <Button asChild variant={facts.requiresSignup ? 'secondary' : 'primary'} size="lg">
              <Link to="/login" search={{ returnTo: '/invitations/accept' }}>
                {t('invitation.signIn')}
              </Link>
            </Button>
          </>
        )}
        {me && (
          <p className="text-ink-3">
            {t('choose.as', { email: me.actor.email ?? me.actor.name })} ·{' '}
            <Link to="/" onClick={openInvitation.clear} className="rounded-sm text-accent hover:underline">
              {t('invitation.later')}
            </Link>
          </p>
        )}
      </div>
    </Frame>
  );
}

/** What an invitation offers, and the way in: at once when signed in, else by signing in or up. */
export function InvitationPage() {
  const linked = useFragmentToken();
  const [token, setToken] = useState(() => linked ?? openInvitation.get());
  const open = (next: string) => {
    openInvitation.set(next);
    setToken(next);
  };
  useEffect(() => {
    if (!linked) return;
    openInvitation.set(linked);
    setToken(linked);
  }, [linked]);
  const invitation = useQuery({ ...invitationQuery(token ?? ''), enabled: token !== null });
  const me = useQuery({ queryKey: ['visitor'], queryFn: visitor, staleTime: 0 });
  if (!token)
    return (
      <Frame title={t('invitation.use')} lead={t('invitation.missing.text')}>
        <div className="mt-6">
          <PasteInvitation onToken={open} />
        </div>
      </Frame>
    );
  if (invitation.error) return <Gone error={invitation.error} />;
  if (!invitation.data || me.isPending)
    return (
      <Frame title={t('invitation.use')}>
        <div className="mt-6">
          <SkeletonText />
        </div>
      </Frame>
    );
  return <Open token={token} facts={invitation.data} me={me.data ?? null} />;
}
