import { createFileRoute } from '@tanstack/react-router';
import { ApprovalPage } from '#features/approvals/approval-page.tsx';
import { requestSearch } from '#features/approvals/search.ts';

export const Route = createFileRoute('/_app/approvals/$id')({ validateSearch: requestSearch, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <ApprovalPage key={id} id={id} act={Route.useSearch().act} />;
}
