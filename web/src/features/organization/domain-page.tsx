import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Globe, Info, Plus } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { useTell } from '#features/review/submit.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { domainsQuery, pathOf, type Domain } from './api.ts';
import { DomainCard } from './domain-card.tsx';

/** While a proof is awaited the server looks by itself every few minutes. */
const POLL_MS = 15_000;

function AddForm() {
  const { tenant } = useMe();
  const client = useQueryClient();
  const tell = useTell();
  const blocked = useBlocked('domains:write');
  const [domain, setDomain] = useState('');
  const add = useMutation({
    mutationFn: () => run<Domain>('POST', pathOf(tenant.id, '/domains'), { body: { domain: domain.trim() } }),
    onSuccess: (outcome) => {
      tell(outcome, t('domains.added', { domain: domain.trim() }));
      setDomain('');
      return client.invalidateQueries({ queryKey: [pathOf(tenant.id, '/domains')] });
    },
  });
  const errors = errorsByPointer(add.error && toProblem(add.error));
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (domain.trim() && !blocked && !add.isPending) add.mutate();
      }}
    >
      {add.error && !errors['/domain'] && <ProblemView error={add.error} />}
      <div className="flex max-w-xl flex-wrap items-start gap-2">
        <div className="min-w-0 flex-[1_1_14rem]">
          <Field label={t('domains.add.label')} help={t('domains.add.help')} error={errors['/domain']}>
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                spellCheck={false}
                maxLength={253}
                placeholder="cloud.example.com"
                value={domain}
                onChange={(event) => setDomain(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Button
          type="submit"
          variant="primary"
          className="sm:mt-6"
          busy={add.isPending}
          blocked={blocked}
          disabled={!blocked && domain.trim() === ''}
          icon={<Plus aria-hidden className="size-3.5" />}
        >
          {t('domains.add')}
        </Button>
      </div>
    </form>
  );
}

/** Domains of the organisation's own: what to publish, what every server sees of it, and what state each is in. */
export function DomainPage() {
  const { tenant } = useMe();
  const domains = useQuery({
    ...domainsQuery(tenant.id),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state !== 'live') ? POLL_MS : false),
  });
  return (
    <PageFrame title={t('domains.title')} facts={t('domains.lead')} width="reading">
      <Card title={t('domains.add')}>
        <AddForm />
      </Card>
      <Loaded query={domains} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={Globe} title={t('domains.empty.title')}>
              {t('domains.empty.text')}
            </EmptyState>
          ) : (
            items.map((domain) => <DomainCard key={domain.id} domain={domain} />)
          )
        }
      </Loaded>
      <p className="flex items-start gap-2 text-ink-2">
        <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
        <span>{t('domains.subdomain', { slug: tenant.slug })}</span>
      </p>
    </PageFrame>
  );
}
