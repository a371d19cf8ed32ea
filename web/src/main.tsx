import { QueryClientProvider } from '@tanstack/react-query';
import { createRouter, RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { NotFound } from '#features/shell/not-found.tsx';
import { PageError } from '#features/shell/page-error.tsx';
import { whenSignedOut } from '#lib/api.ts';
import { Splash } from '#features/shell/splash.tsx';
import { Deferred } from '#lib/deferred.ts';
import { preferredLanguage, setLanguage, useLanguage } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { safeReturn } from '#lib/session.ts';
import { TooltipProvider } from '#ui/tooltip.tsx';
import { routeTree } from './routeTree.gen.ts';
import './styles.css';

const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  // Query owns the cache; the router only asks it.
  defaultPreloadStaleTime: 0,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: Splash,
  defaultPendingMs: 400,
  defaultErrorComponent: PageError,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
});
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/login') return;
  queryClient.clear();
  void router.navigate({ to: '/login', search: { returnTo: safeReturn(href), ended: true }, replace: true });
});

const loadToaster = () => import('#ui/toaster.tsx').then(({ Toaster }) => Toaster);

/** A change of language draws the page anew; every text is asked for again. */
function Root() {
  const language = useLanguage();
  return (
    <QueryClientProvider client={queryClient} key={language}>
      <TooltipProvider>
        <RouterProvider router={router} />
        <Deferred load={loadToaster} wanted={false} props={{}} />
      </TooltipProvider>
    </QueryClientProvider>
  );
}

await setLanguage(preferredLanguage()).catch(() => undefined);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
