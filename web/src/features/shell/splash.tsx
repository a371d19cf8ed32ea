import { t } from '#lib/i18n.ts';
import { Mark } from './logo.tsx';

/** Before the first page has its code and its person. The same picture stands in index.html until then. */
export const Splash = () => (
  <div role="status" className="grid h-dvh place-items-center">
    <Mark className="size-9 animate-pulse" />
    <span className="sr-only">{t('state.loading')}</span>
  </div>
);
