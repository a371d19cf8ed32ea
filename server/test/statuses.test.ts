import { expect, test } from 'vitest';
import { problemCatalogue } from '#kernel/problem.ts';
import '../src/app.ts';

/**
 * platform.md 18, and the slugs of governance.md and exchange.md that its scenarios name. Tests of scenarios compare slugs; what a slug
 * means in HTTP is fixed here, once, so that a sentence with a number holds with its slug.
 */
const STATUSES: Record<number, string> = {
  400: 'oauth-denied oauth-state-invalid oauth-state-expired oidc-state-invalid oidc-issuer-mismatch tenant-ambiguous peeringdb-token-invalid',
  401: 'unauthenticated token-invalid token-expired session-revoked session-expired refresh-reuse-detected invalid-credentials mfa-invalid challenge-expired step-up-required oidc-token-invalid',
  403: 'account-suspended email-not-verified mfa-enrolment-required sso-required invitation-address-mismatch tenant-suspended seat-limit-reached quota-exceeded feature-not-in-plan permission-denied scope-denied role-is-system grant-escalation last-owner ip-not-allowed credential-disabled',
  404: 'tenant-not-found not-found',
  409: 'account-exists identity-already-linked last-sign-in-method already-member slug-taken domain-taken name-taken role-in-use factor-not-offered',
  410: 'link-invalid invitation-invalid tenant-deleting',
  412: 'version-conflict',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  422: 'validation-failed password-too-short password-compromised password-reused phone-invalid would-lock-out permission-unknown',
  429: 'locked network-blocked rate-limited',
  502: 'sms-undelivered',
  503: 'idp-unavailable dependency-unavailable peeringdb-unavailable',
};

test.each(Object.entries(STATUSES))('HTTP %i is what these problems say', (status, slugs) => {
  const said = slugs.split(' ').map((slug) => [slug, problemCatalogue().get(slug)?.status]);
  expect(said).toEqual(slugs.split(' ').map((slug) => [slug, Number(status)]));
});
