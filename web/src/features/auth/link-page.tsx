import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { request } from '#lib/api.ts';
import { useFragmentToken } from '#lib/fragment.ts';
import { t } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { Button } from '#ui/button.tsx';
import { Frame } from './frame.tsx';
import { Refusal } from './refusal.tsx';

/** What the link of a mail may ask for, and the operation behind it. */
const ACTS = {
  unlock: '/auth/unlock',
  confirmEmail: '/auth/confirm-email',
  undoEmail: '/auth/undo-email-change',
  notMe: '/auth/not-me',
} as const;
export type LinkAct = keyof typeof ACTS;

/** A link that ends sessions or changes the account. A press is asked for, since mail programs open links by themselves. */
export function LinkPage({ act }: { act: LinkAct }) {
  const token = useFragmentToken();
  const call = useMutation({
    mutationFn: () => request('POST', ACTS[act], { body: { token } }),
    // Sessions may have ended, ours among them.
    onSuccess: () => queryClient.clear(),
  });
  if (!token) return <Frame title={t('reset.missing.title')} lead={t('link.missing')} />;
  if (call.isSuccess)
    return (
      <Frame title={t(`link.${act}.done`)} lead={t(`link.${act}.done.text`)} step="done">
        <Button asChild variant="primary" size="lg" className="mt-7">
          <Link to="/login">{t('login.submit')}</Link>
        </Button>
      </Frame>
    );
  return (
    <Frame title={t(`link.${act}`)} lead={t(`link.${act}.text`)}>
      <div className="mt-7 flex flex-col gap-4">
        {call.error && <Refusal error={call.error} />}
        <Button variant={act === 'notMe' ? 'danger' : 'primary'} size="lg" busy={call.isPending} onClick={() => call.mutate()} className="self-start">
          {t(`link.${act}.act`)}
        </Button>
      </div>
    </Frame>
  );
}
