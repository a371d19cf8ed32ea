import { useQuery } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { methodsQuery } from './api.ts';

/** Where the mail is when the installation has no mail server, as on a first try: nobody finds it otherwise. */
export function MailNote() {
  if (useQuery(methodsQuery).data?.mail !== 'files') return null;
  return (
    <p role="note" className="mt-5 flex gap-2.5 rounded-md border border-line bg-sunken px-3 py-2.5 text-xs text-pretty text-ink-2">
      <FolderOpen aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
      <span>
        {t('auth.mail.files')} <code className="font-mono">mail/*.eml</code>
      </span>
    </p>
  );
}
