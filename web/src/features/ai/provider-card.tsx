import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX, Ellipsis, Pencil, Power, Sparkles, Trash2 } from 'lucide-react';
import { request } from '#lib/api.ts';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import type { ProviderAct } from './providers-tab.tsx';
import type { CheckResult, Provider } from './types.ts';

/** Names of models that are told after a check, so that they can be added. */
const SHOWN = 12;

/** What came of a check, with what to do about it. */
const Checked = ({ result }: { result: CheckResult }) => (
  <div role="status" className={result.ok ? 'rounded-md bg-good-wash px-3 py-2' : 'rounded-md bg-bad-wash px-3 py-2'}>
    <p className="flex items-start gap-2">
      {result.ok ? (
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
      ) : (
        <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      )}
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-medium">
          {result.ok ? t('ai.check.good', { count: result.models.length, time: duration(result.durationMs / 1000) }) : t('ai.check.bad')}
        </span>
        {result.ok && result.models.length > 0 && (
          <span className="block text-ink-2">{t('ai.check.models', { names: result.models.slice(0, SHOWN).join(', ') })}</span>
        )}
        {!result.ok && <span className="block text-ink-2">{result.detail}</span>}
        {!result.ok && <span className="block text-ink-2">{t('ai.check.next')}</span>}
      </span>
    </p>
  </div>
);

function Acts({ provider, onAct }: { provider: Provider; onAct: (act: ProviderAct) => void }) {
  const blocked = useBlocked('ai:manage');
  return (
    <Menu
      align="end"
      className="w-56"
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t('ai.provider.actions', { name: provider.label })}>
          <Ellipsis aria-hidden className="size-4" />
        </Button>
      }
    >
      <MenuItem icon={<Pencil aria-hidden />} blocked={blocked} onSelect={() => onAct('edit')}>
        {t('ai.provider.edit')}
      </MenuItem>
      <MenuItem icon={<Power aria-hidden />} blocked={blocked} onSelect={() => onAct('switch')}>
        {t(provider.enabled ? 'ai.provider.off' : 'ai.provider.on')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} blocked={blocked} onSelect={() => onAct('delete')}>
        {t('ai.provider.delete')}
      </MenuItem>
    </Menu>
  );
}

/** One provider: where it is, with which key, what may be sent there, and the way to try it. */
export function ProviderCard({ provider, onAct }: { provider: Provider; onAct: (act: ProviderAct) => void }) {
  const { id, label, name, kind, baseUrl, region, apiKey, enabled, confidential } = provider;
  const blocked = useBlocked('ai:manage');
  const check = useMutation({ mutationFn: () => request<CheckResult>('POST', `/ai/providers/${id}/check`, { body: {} }) });
  return (
    <section aria-label={label} className="flex min-w-0 flex-1 flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <header className="flex items-start gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-md border border-line bg-sunken text-ink-2">
          <Sparkles aria-hidden className="size-4.5" strokeWidth={1.75} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">{label}</h2>
          <p className="truncate text-xs text-ink-3">
            {t(`ai.kind.${kind}`)} · <code>{name}</code>
          </p>
        </div>
        <Badge tone={enabled ? 'good' : 'quiet'}>{t(enabled ? 'ai.provider.state.on' : 'ai.provider.state.off')}</Badge>
        <Acts provider={provider} onAct={onAct} />
      </header>
      <KeyValues
        rows={[
          [t('ai.provider.baseUrl'), baseUrl && <code className="text-xs">{baseUrl}</code>],
          [
            t('ai.provider.key'),
            apiKey ? (
              <Link to="/settings/secrets" search={{ q: apiKey.replace('secret://', '') }} className="font-mono text-xs text-accent hover:underline">
                {apiKey}
              </Link>
            ) : (
              <span className="text-ink-3">{t('value.none')}</span>
            ),
          ],
          [t('ai.provider.region'), region],
          [t('ai.provider.confidential.short'), t(confidential ? 'ai.provider.confidential.yes' : 'ai.provider.confidential.no')],
        ]}
      />
      <div className="mt-auto flex flex-col gap-3 border-t border-line pt-3">
        {check.data && <Checked result={check.data} />}
        {check.error && <ProblemView error={check.error} />}
        <div>
          <Button size="sm" blocked={blocked} busy={check.isPending} onClick={() => check.mutate()}>
            {t('ai.check')}
          </Button>
        </div>
      </div>
    </section>
  );
}
