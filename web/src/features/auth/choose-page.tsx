import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { match } from '#lib/match.ts';
import { words } from '#lib/formats.ts';
import { meQuery, safeReturn, signOut, switchTenant } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { toast } from '#ui/toast.tsx';
import { Frame } from './frame.tsx';

/** From this many on, a field to search in helps. */
const MANY = 8;

/** Signed in, in several organisations: which one now? */
export function ChoosePage() {
  const { returnTo } = useSearch({ from: '/select-organization' });
  const { data: me } = useSuspenseQuery(meQuery);
  const [typed, setTyped] = useState('');
  const [going, setGoing] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const shown = typed ? me.tenants.filter(({ name, slug }) => match(name, typed, [slug]) > 0) : me.tenants;
  const choose = (id: string) => {
    if (going) return;
    setGoing(id);
    setError(null);
    // A new document: nothing of one tenant may be seen in another.
    switchTenant(id).then(
      () => location.assign(safeReturn(returnTo)),
      (refused: unknown) => {
        setGoing(null);
        setError(refused);
      },
    );
  };
  return (
    <Frame title={t('choose.title')} lead={me.tenants.length > 1 ? t('choose.lead') : undefined} width="md">
      <div className="mt-6 flex flex-col gap-3">
        {error !== null && <ProblemView error={error} />}
        {me.tenants.length >= MANY && (
          <Input
            type="search"
            autoFocus
            aria-label={t('choose.search')}
            placeholder={t('choose.search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="h-10!"
          />
        )}
        <ul className="flex flex-col divide-y divide-line overflow-hidden rounded-lg border border-line-strong">
          {shown.map((tenant) => (
            <li key={tenant.id}>
              <button
                type="button"
                onClick={() => choose(tenant.id)}
                className="flex min-h-14 w-full items-center gap-3 px-3 py-2 text-start -outline-offset-2 hover:bg-hover"
              >
                <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-md bg-accent-wash font-semibold text-accent">
                  {[...tenant.name][0]?.toUpperCase()}
                </span>
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{tenant.name}</span>
                  <span className="block truncate text-xs text-ink-3">
                    {[tenant.slug, tenant.roles.map(words).join(', ')].filter(Boolean).join(' · ')}
                  </span>
                </span>
                {going === tenant.id ? <Spinner className="text-ink-3" /> : <ChevronRight aria-hidden className="size-4 text-ink-3 rtl:rotate-180" />}
              </button>
            </li>
          ))}
          {shown.length === 0 && <li className="px-3 py-4 text-center text-ink-3">{t('choose.none')}</li>}
        </ul>
        <Button asChild size="lg" className="text-sm!">
          <Link to="/onboarding/create-organization">
            <Plus aria-hidden className="size-4 text-ink-2" />
            {t('choose.new')}
          </Link>
        </Button>
      </div>
      <p className="mt-6 flex flex-wrap gap-x-3 text-ink-3">
        <span className="min-w-0 truncate">{t('choose.as', { email: me.actor.email ?? me.actor.name })}</span>
        <Button variant="link" onClick={() => void signOut().catch(toast.failed)}>
          {t('choose.signOut')}
        </Button>
      </p>
    </Frame>
  );
}
