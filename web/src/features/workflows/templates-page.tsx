import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { PageFrame } from '#ui/page.tsx';
import { TemplatePicker } from './template-picker.tsx';
import { UseTemplate } from './use-template.tsx';

/** Everything a workflow can be begun with. */
export function TemplatesPage() {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <PageFrame
      title={t('workflows.templates')}
      facts={t('workflows.templates.lead')}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/workflows" className="rounded-sm hover:text-ink hover:underline">
            {t('workflows.title')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
        </span>
      }
    >
      <TemplatePicker onPick={setOpen} />
      {open !== null && <UseTemplate id={open} onClose={() => setOpen(null)} />}
    </PageFrame>
  );
}
