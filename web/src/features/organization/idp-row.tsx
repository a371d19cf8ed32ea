import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, FlaskConical, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { words } from '#lib/formats.ts';
import { t, type MessageKey } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { State } from '#ui/state.tsx';
import type { IdentityProvider } from './idp.ts';

interface Test {
  ok: boolean;
  checks: { name: string; ok: boolean; detail: string }[];
}
const NAMES = ['discovery', 'algorithms', 'keys', 'pkce', 'logout'];
/** What it was looked at for, in words of ours where we have some. */
const nameOf = (check: string): string => (NAMES.includes(check) ? t(`idp.check.${check}` as MessageKey) : words(check));

const Tested = ({ test }: { test: Test }) => (
  <div className="mt-1 w-full rounded-md border border-line bg-canvas p-3">
    <p role="status" className="font-medium">
      {t(test.ok ? 'idp.test.good' : 'idp.test.bad')}
    </p>
    <Checks checks={test.checks} />
  </div>
);
const Checks = ({ checks }: Pick<Test, 'checks'>) => (
  <ul aria-label={t('idp.test.result')} className="mt-2 flex flex-col gap-1">
    {checks.map(({ name, ok, detail }) => (
      <li key={name} className="flex items-start gap-2">
        {ok ? (
          <CircleCheck role="img" aria-label={t('domains.check.ok')} className="mt-0.5 size-4 shrink-0 text-good" />
        ) : (
          <CircleX role="img" aria-label={t('domains.check.failed')} className="mt-0.5 size-4 shrink-0 text-bad" />
        )}
        <span className="w-24 shrink-0">{nameOf(name)}</span>
        <span className="min-w-0 [overflow-wrap:anywhere] text-ink-2">{detail}</span>
      </li>
    ))}
  </ul>
);
const Uri = ({ label, uri }: { label: string; uri: string }) => (
  <span className="flex flex-wrap items-center gap-x-2">
    <span className="text-xs text-ink-3">{label}</span>
    <span className="flex min-w-0 items-center gap-2">
      <code className="min-w-0 text-xs [overflow-wrap:anywhere] text-ink-2">{uri}</code>
      <CopyButton text={uri} label={t('idp.copy', { name: label })} />
    </span>
  </span>
);

/** One identity provider: what to register there, and whether it can be used. */
export function IdpRow({ provider, onEdit }: { provider: IdentityProvider; onEdit: () => void }) {
  const client = useQueryClient();
  const tell = useTell();
  const blocked = useBlocked('identityProviders:write');
  const [deleting, setDeleting] = useState(false);
  const test = useMutation({
    mutationFn: () => request<Test>('POST', `/identity-providers/${provider.id}/test`, { body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['/identity-providers'] }),
  });
  const { name } = provider;
  return (
    <li className="flex flex-col gap-3 px-4 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-[1_1_18rem] flex-col gap-1">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {name}
            <Badge tone="outline">{words(provider.preset)}</Badge>
            <State variant="plain" value={provider.enabled ? 'active' : 'disabled'} />
          </p>
          <code className="text-xs [overflow-wrap:anywhere] text-ink-2">{provider.issuer}</code>
          <span className="text-xs text-ink-2">
            {t('idp.mappings', { count: provider.roleMapping.length })}
            {provider.jitProvisioning && ` · ${t('idp.jit')}`}
            {provider.trustMfa && ` · ${t('idp.trustMfa')}`}
          </span>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            blocked={blocked}
            busy={test.isPending}
            icon={<FlaskConical aria-hidden className="size-3.5" />}
            aria-label={t('idp.test.of', { name })}
            onClick={() => test.mutate()}
          >
            {t('idp.test')}
          </Button>
          <Button size="sm" icon={<Pencil aria-hidden className="size-3.5" />} aria-label={t('idp.edit.of', { name })} onClick={onEdit}>
            {t('groups.edit')}
          </Button>
          <Button size="icon-sm" variant="ghost" blocked={blocked} aria-label={t('idp.delete.of', { name })} onClick={() => setDeleting(true)}>
            <Trash2 aria-hidden className="size-3.5" />
          </Button>
        </div>
      </div>
      <div className="flex flex-col gap-0.5">
        <Uri label={t('idp.redirect')} uri={provider.redirectUri} />
        <Uri label={t('idp.backchannel')} uri={provider.backchannelLogoutUri} />
      </div>
      {test.error && <ProblemView error={test.error} />}
      {test.data && <Tested test={test.data} />}
      {deleting && (
        <ReviewDialog
          title={t('idp.delete.of', { name })}
          description={t('idp.delete.text')}
          call={{ method: 'DELETE', path: `/identity-providers/${provider.id}` }}
          action={t('groups.delete')}
          danger
          typed={provider.key}
          touched={['/identity-providers']}
          onClose={() => setDeleting(false)}
          onOutcome={(outcome) => tell(outcome, t('idp.deleted', { name }))}
        />
      )}
    </li>
  );
}
