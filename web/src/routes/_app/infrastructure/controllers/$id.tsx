import { createFileRoute } from '@tanstack/react-router';
import { ControllerPage } from '#features/zerotier/controller-page.tsx';

export const Route = createFileRoute('/_app/infrastructure/controllers/$id')({ component: Page });

function Page() {
  const { id } = Route.useParams();
  return <ControllerPage key={id} id={id} />;
}
