import { createFileRoute } from '@tanstack/react-router';
import { AccessReviewsPage } from '#features/access-reviews/reviews-page.tsx';
import { accessReviewsSearch } from '#features/access-reviews/search.ts';

export const Route = createFileRoute('/_app/settings/access-reviews')({ validateSearch: accessReviewsSearch, component: Page });

function Page() {
  return <AccessReviewsPage search={Route.useSearch()} />;
}
