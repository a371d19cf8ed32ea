import { createFileRoute } from '@tanstack/react-router';
import type { WebhookSearch } from '#features/webhooks/search.ts';
import { WebhookPage } from '#features/webhooks/webhook-page.tsx';

/** The page reads what it can of the search: here, that would be code of the first load. */
export const Route = createFileRoute('/_app/settings/webhooks/$id')({ validateSearch: (search) => search as WebhookSearch, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <WebhookPage key={id} id={id} search={Route.useSearch()} />;
}
