import { createFileRoute } from '@tanstack/react-router';
import { DecisionPage } from '#features/policies/decision-page.tsx';

export const Route = createFileRoute('/_app/policies/decisions/$id')({ component: Page });

function Page() {
  const { id } = Route.useParams();
  return <DecisionPage key={id} id={id} />;
}
