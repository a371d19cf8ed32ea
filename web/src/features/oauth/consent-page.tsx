import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Frame } from '#features/auth/frame.tsx';
import { Refusal } from '#features/auth/refusal.tsx';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { Risk } from '#lib/types.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { ChoiceList } from '#ui/choice-list.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { consentQuery, isOnThisComputer, type Consent } from './api.ts';

const LEVELS: readonly Risk[] = ['read', 'write', 'high'];
const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-2">
    <h2 className="text-xs font-medium text-ink-2">{title}</h2>
    {children}
  </section>
);

/** Who asks, and how far that is known. */
function Who({ client }: { client: Consent['client'] }) {
  const { name, host, kind, uri, id } = client;
  return (
    <div className="flex flex-col gap-1.5 rounded-lg border border-line-strong p-3">
      <span className="flex flex-wrap items-center gap-2 font-medium break-words">
        {name}
        <Badge tone={kind === 'dynamic' ? 'warn' : 'outline'}>{t(`consent.kind.${kind}`)}</Badge>
      </span>
      <span className="text-xs text-ink-2">{t(`consent.kind.${kind}.text`, { id })}</span>
      <span className="text-xs text-ink-2">{isOnThisComputer(host) ? t('consent.host.local') : t('consent.host', { host })}</span>
      {uri && (
        <a href={uri} rel="noreferrer noopener" target="_blank" className="self-start text-xs break-all text-accent hover:underline">
          {uri}
        </a>
      )}
    </div>
  );
}

function Tenant({ consent, tenantId, onChange }: { consent: Consent; tenantId: string | null; onChange: (id: string) => void }) {
  const [only] = consent.tenants;
  if (!only) return <p className="text-bad">{t('consent.tenant.none')}</p>;
  if (consent.tenants.length === 1) return <p className="font-medium">{only.name}</p>;
  return (
    <ChoiceList
      label={t('consent.tenant')}
      value={tenantId ?? ''}
      onChange={onChange}
      choices={consent.tenants.map(({ id, name, slug, allowed }) => ({ value: id, label: name, help: allowed ? slug : t('consent.tenant.closed') }))}
    />
  );
}

/** The answer went to a program with a scheme of its own, so this page stays. */
const Sent = ({ title }: { title: string }) => <Frame title={title} lead={t('consent.sent')} step="sent" />;

function Question({ id, consent }: { id: string; consent: Consent }) {
  const { client, tenants, risk, allowedBefore, remembered } = consent;
  const open = tenants.filter(({ allowed }) => allowed);
  const [tenantId, setTenantId] = useState<string | null>(open.length === 1 ? open[0]!.id : null);
  const [level, setLevel] = useState<Risk>(allowedBefore && LEVELS.indexOf(allowedBefore) > LEVELS.indexOf(risk) ? allowedBefore : risk);
  const chosen = tenants.find((one) => one.id === tenantId);
  const leave = ({ location: to }: { location: string }) => location.assign(to);
  const allow = useMutation({
    mutationFn: () =>
      request<{ location: string }>('POST', '/oauth/consent/approve', {
        body: { request: id, tenantId, risk: level },
        headers: { 'x-switchyard-tenant': chosen?.slug ?? '' },
      }),
    onSuccess: leave,
  });
  const refuse = useMutation({
    mutationFn: () => request<{ location: string }>('POST', '/oauth/consent/deny', { body: { request: id } }),
    onSuccess: leave,
  });
  const going = allow.isPending || refuse.isPending;
  // Allowed before, to the same program at an address that only it has: asking again would only teach people to click.
  const asked = useRef(false);
  useEffect(() => {
    if (!remembered || asked.current) return;
    asked.current = true;
    allow.mutate();
  }, [remembered, allow]);
  if (allow.isSuccess) return <Sent title={t('consent.allowed', { name: client.name })} />;
  if (refuse.isSuccess) return <Sent title={t('consent.refused', { name: client.name })} />;
  return (
    <Frame title={t('consent.title', { name: client.name })} lead={t('consent.lead')} width="md">
      <div className="mt-6 flex flex-col gap-5">
        {(allow.error ?? refuse.error) && <Refusal error={allow.error ?? refuse.error} />}
        <Who client={client} />
        <Part title={t('consent.tenant')}>
          <Tenant consent={consent} tenantId={tenantId} onChange={setTenantId} />
        </Part>
        {open.length === 0 && tenants.length > 0 && <p className="text-bad">{t('consent.tenant.closed')}</p>}
        {open.length > 0 && (
          <Part title={t('consent.level')}>
            <ChoiceList
              label={t('consent.level')}
              value={level}
              onChange={setLevel}
              choices={LEVELS.map((value) => ({
                value,
                label: (
                  <span className="flex flex-wrap items-center gap-2">
                    {t(`consent.level.${value}`)}
                    {value === risk && <Badge tone="outline">{t('consent.level.asked')}</Badge>}
                  </span>
                ),
                help: t(`consent.level.${value}.text`),
              }))}
            />
          </Part>
        )}
        <p className="text-xs text-pretty text-ink-2">{t('consent.note')}</p>
        <div className="flex flex-wrap gap-3">
          {open.length > 0 && (
            <Button variant="primary" size="lg" busy={allow.isPending} disabled={!chosen?.allowed || going} onClick={() => allow.mutate()}>
              {t('consent.allow')}
            </Button>
          )}
          <Button size="lg" busy={refuse.isPending} disabled={going} onClick={() => refuse.mutate()}>
            {t('consent.refuse')}
          </Button>
        </div>
      </div>
    </Frame>
  );
}

/** An agent asks somebody for access: who it is, where it may work, how far it may go. */
export function ConsentPage({ id }: { id: string }) {
  const consent = useQuery(consentQuery(id));
  if (consent.error)
    return (
      <Frame title={t('consent.over')} step="over">
        <div className="mt-6">
          <ProblemView error={consent.error} />
        </div>
      </Frame>
    );
  if (!consent.data)
    return (
      <Frame title={t('consent.loading')} width="md">
        <div aria-busy="true" className="mt-6 flex flex-col gap-4">
          <Skeleton className="h-20" />
          <Skeleton className="h-32" />
        </div>
      </Frame>
    );
  return <Question id={id} consent={consent.data} />;
}
