import { HTTPS, inCategory, like, optional, secret, text, url } from '../template.ts';

const identity = inCategory('Identity');

export const identities = [
  identity(
    'openid-connect',
    'OpenID Connect client',
    url('OIDC_ISSUER', 'Issuer', 'As it says itself below /.well-known/openid-configuration', HTTPS),
    text('OIDC_CLIENT_ID', 'Client ID', 'From the registration of the client'),
    secret('OIDC_CLIENT_SECRET', 'Client secret', 'From the registration of the client'),
  ),
  identity(
    'auth-zero',
    'Auth0',
    text('AUTH0_DOMAIN', 'Domain', 'Application, Settings'),
    text('AUTH0_CLIENT_ID', 'Client ID', 'Application, Settings'),
    secret('AUTH0_CLIENT_SECRET', 'Client secret', 'Application, Settings'),
  ),
  identity('okta', 'Okta', url('OKTA_ORG_URL', 'Organisation', 'https://, without -admin', HTTPS), secret('OKTA_API_TOKEN', 'API token', 'Security, API, Tokens')),
  identity(
    'keycloak',
    'Keycloak client',
    url('KEYCLOAK_URL', 'Address', 'Of the server'),
    text('KEYCLOAK_REALM', 'Realm', 'Its name'),
    text('KEYCLOAK_CLIENT_ID', 'Client ID', 'Clients'),
    secret('KEYCLOAK_CLIENT_SECRET', 'Client secret', 'Client, Credentials'),
  ),
  identity(
    'google-oauth',
    'Google sign-in',
    text('GOOGLE_CLIENT_ID', 'Client ID', 'APIs & services, Credentials', like('\\.apps\\.googleusercontent\\.com$')),
    secret('GOOGLE_CLIENT_SECRET', 'Client secret', 'APIs & services, Credentials'),
  ),
  identity('github-oauth', 'GitHub sign-in', text('GH_CLIENT_ID', 'Client ID', 'Developer settings, OAuth Apps'), secret('GH_CLIENT_SECRET', 'Client secret', 'Developer settings, OAuth Apps', like('^[0-9a-f]{40}$'))),
  identity(
    'ldap',
    'LDAP directory',
    text('LDAP_URL', 'Address', 'ldaps:// with TLS', like('^ldaps?://')),
    text('LDAP_BIND_DN', 'Bind DN', 'An account that may search'),
    secret('LDAP_BIND_PASSWORD', 'Password', 'Of that account'),
    text('LDAP_BASE_DN', 'Base DN', 'Below which people are searched for', optional),
  ),
  identity('clerk', 'Clerk', secret('CLERK_SECRET_KEY', 'Secret key', 'API keys', like('^sk_(live|test)_')), text('CLERK_PUBLISHABLE_KEY', 'Publishable key', 'For browsers', { ...optional, ...like('^pk_(live|test)_') })),
  identity('vault', 'HashiCorp Vault', url('VAULT_ADDR', 'Address', 'Of the server'), secret('VAULT_TOKEN', 'Token', 'hvs. for service tokens; s. before Vault 1.10', like('^(hv[sbr]|[sbr])\\.'))),
  identity('recaptcha', 'Google reCAPTCHA', text('RECAPTCHA_SITE_KEY', 'Site key', 'For browsers'), secret('RECAPTCHA_SECRET_KEY', 'Secret key', 'For the server')),
]; // prettier-ignore
