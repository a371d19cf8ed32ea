import { createFileRoute } from '@tanstack/react-router';
import { WorkflowPage } from '#features/workflows/workflow-page.tsx';

export const Route = createFileRoute('/_app/workflows/$id/')({ component: Page });

function Page() {
  const { id } = Route.useParams();
  return <WorkflowPage key={id} id={id} view="overview" search={{}} />;
}
