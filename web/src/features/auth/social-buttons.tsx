import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import type { Provider } from './api.ts';
import { ProviderMark } from './provider-mark.tsx';

export const Or = () => (
  <p className="my-5 flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
    {t('auth.or')}
  </p>
);

/** The start of a provider's flow with what it should come back to; only a path of this site is followed. */
export function startOf(startUrl: string, more: { returnTo: string | null; purpose?: 'login' | 'signup' }): string {
  const url = new URL(startUrl, location.origin);
  if (url.origin !== location.origin) throw new Error(`${startUrl} is not an address of this site`);
  for (const [name, value] of Object.entries(more)) if (value) url.searchParams.set(name, value);
  return url.pathname + url.search;
}

export interface SocialButtonsProps {
  providers: readonly Provider[];
  returnTo: string | null;
  purpose: 'login' | 'signup';
}
/** From this many on they stand in two columns, with their names alone. */
const MANY = 3;

/** The providers of this installation. Links, because the browser goes there. */
export const SocialButtons = ({ providers, returnTo, purpose }: SocialButtonsProps) => (
  <ul className={cx('grid gap-2', providers.length >= MANY && 'grid-cols-2')}>
    {providers.map((provider) => (
      <li key={provider.id}>
        <Button asChild size="lg" className="w-full text-sm!">
          <a href={startOf(provider.startUrl, { returnTo, purpose })}>
            <ProviderMark kind={provider.kind} />
            <span className={cx(providers.length >= MANY && 'sr-only')}>{t('auth.with', { name: provider.name })}</span>
            {providers.length >= MANY && (
              <span aria-hidden className="truncate">
                {provider.name}
              </span>
            )}
          </a>
        </Button>
      </li>
    ))}
  </ul>
);
