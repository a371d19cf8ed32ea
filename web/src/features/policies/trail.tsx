import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { t } from '#lib/i18n.ts';

/** The way back to the list, above the title of a page. */
export const Trail = ({ children }: { children: string }) => (
  <span className="flex items-center gap-1">
    <Link to="/policies" className="rounded-sm hover:text-ink hover:underline">
      {t('policies.title')}
    </Link>
    <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
    <span>{children}</span>
  </span>
);
