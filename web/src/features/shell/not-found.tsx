import { Link } from '@tanstack/react-router';
import { Signpost } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { useDocumentTitle } from '#ui/document-title.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';

/** The 404 of the application. */
export function NotFound() {
  useDocumentTitle(t('notFound.title'));
  return (
    <div className="pt-[12dvh]">
      <EmptyState
        page
        icon={Signpost}
        title={t('notFound.title')}
        action={
          <Button asChild variant="primary">
            <Link to="/">{t('notFound.home')}</Link>
          </Button>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </div>
  );
}
