import { useEffect } from 'react';
import { t } from '#lib/i18n.ts';

/** Title of the browser's tab. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · ${t('app.name')}` : t('app.name');
  }, [title]);
}
