import { createFileRoute } from '@tanstack/react-router';
import { BuilderPage } from '#features/workflow-builder/builder-page.tsx';

export const Route = createFileRoute('/_app/workflows/$id_/edit')({ component: Page });

function Page() {
  const { id } = Route.useParams();
  return <BuilderPage key={id} id={id} />;
}
