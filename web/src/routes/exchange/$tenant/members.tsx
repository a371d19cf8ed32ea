import { createFileRoute } from '@tanstack/react-router';
import { MembersPage } from '#features/exchange-members/members-page.tsx';
import { allTexts } from '#lib/i18n.ts';

export const Route = createFileRoute('/exchange/$tenant/members')({ loader: allTexts, component: Page });

function Page() {
  return <MembersPage tenant={Route.useParams().tenant} />;
}
