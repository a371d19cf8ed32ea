import { QueryClientProvider } from '@tanstack/react-query';
import { createRouter, RouterProvider } from '@tanstack/react-router';
import { Direction } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { NotFound } from '#features/shell/not-found.tsx';
import { PageError } from '#features/shell/page-error.tsx';
import { Splash } from '#features/shell/splash.tsx';
import { asked, askForProof } from '#features/step-up/ask.ts';
import { listen } from '#lib/api.ts';
import { Deferred } from '#lib/deferred.ts';
import { authTexts, isRightToLeft, preferredLanguage, setLanguage, t, useLanguage } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { enrolmentOnly, leaving, safeReturn } from '#lib/session.ts';
import { toast } from '#ui/toast.tsx';
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

/** Pages that people without a session are meant to see. */
const PUBLIC =
  /^\/(login|signup|verify-email|forgot-password|reset-password|unlock|confirm-email|undo-email-change|not-me|auth|invitations|exchange\/[^/]+\/members)(\/|$)/;

listen({
  signedOut() {
    const { pathname, href } = router.state.location;
    if (leaving.get() || PUBLIC.test(pathname)) return;
    leaving.set(true);
    // A new document: what was read in the session that is over must not stay, and the page on screen cannot do without it.
    location.replace(`/login?${new URLSearchParams({ returnTo: safeReturn(href), ended: 'true' }).toString()}`);
  },
  enrolment() {
    enrolmentOnly.set(true);
    if (router.state.location.pathname !== '/settings/security/mfa') void router.navigate({ to: '/settings/security/mfa', replace: true });
  },
  proof: askForProof,
  warned: (texts) => toast.warned(t('toast.warned'), texts.join('\n')),
});

const loadToaster = () => import('#ui/toaster.tsx').then(({ Toaster }) => Toaster);
const loadStepUp = async () => {
  const [{ StepUpDialog }] = await Promise.all([import('#features/step-up/step-up-dialog.tsx'), authTexts()]);
  return StepUpDialog;
};

/** Its code is fetched when somebody is asked for a proof, which most visits never see. */
function StepUp() {
  const question = asked.use();
  return question && <Deferred load={loadStepUp} wanted props={{}} />;
}

/** A change of language draws the page anew; every text is asked for again. */
function Root() {
  const language = useLanguage();
  return (
    <QueryClientProvider client={queryClient} key={language}>
      <Direction.Provider dir={isRightToLeft() ? 'rtl' : 'ltr'}>
        <RouterProvider router={router} />
        <Deferred load={loadToaster} wanted={false} props={{}} />
        <StepUp />
      </Direction.Provider>
    </QueryClientProvider>
  );
}

await setLanguage(preferredLanguage()).catch(() => undefined);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
