import { createFileRoute } from '@tanstack/react-router';
import { ExchangePage } from '#features/exchange/exchange-page.tsx';

export const Route = createFileRoute('/_app/exchange/')({ validateSearch: (search) => search as { tab?: string }, component: Page });

function Page() {
  return <ExchangePage search={{ ...Route.useSearch() }} />;
}
