import { useMutation } from '@tanstack/react-query';
import { Frame } from '#features/auth/frame.tsx';
import { Refusal } from '#features/auth/refusal.tsx';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';

/** An agent wants something for which its person has to prove who they are. The proof itself is asked for over this page. */
export function ProvePage({ agent, tenant }: { agent: string; tenant: string }) {
  const prove = useMutation({ mutationFn: () => request('POST', `/agents/${agent}/prove`, { headers: { 'x-switchyard-tenant': tenant } }) });
  if (prove.isSuccess) return <Frame title={t('prove.done')} lead={t('prove.done.text')} step="done" />;
  return (
    <Frame title={t('prove.title')} lead={t('prove.lead')}>
      <div className="mt-7 flex flex-col gap-4">
        {prove.error && <Refusal error={prove.error} />}
        <Button variant="primary" size="lg" busy={prove.isPending} onClick={() => prove.mutate()} className="self-start">
          {t('prove.submit')}
        </Button>
      </div>
    </Frame>
  );
}
