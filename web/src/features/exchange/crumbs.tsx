import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { t } from '#lib/i18n.ts';

/** The way back: to the exchange, and to the fabric where there is one. */
export const Crumbs = ({ fabric }: { fabric?: string }) => (
  <span className="flex items-center gap-1">
    <Link to="/exchange" className="rounded-sm hover:text-ink hover:underline">
      {t('nav.exchange')}
    </Link>
    <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
    {fabric !== undefined && (
      <>
        <Link to="/exchange/fabrics/$id" params={{ id: fabric }} search={{ tab: 'servers' }} className="rounded-sm hover:text-ink hover:underline">
          {fabric}
        </Link>
        <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
      </>
    )}
  </span>
);
