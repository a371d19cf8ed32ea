import { t } from '#lib/i18n.ts';
import type { RawSearch } from '#lib/search.ts';
import { PageFrame } from '#ui/page.tsx';
import { ExecutionsView } from './executions-view.tsx';

/** Every execution of the tenant that one may see, the newest first. */
export const ExecutionsPage = ({ search }: { search: RawSearch }) => (
  <PageFrame title={t('executions.title')} facts={t('executions.lead')}>
    <ExecutionsView search={search} />
  </PageFrame>
);
