import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

export type { components, operations, paths } from './schema.d.ts';
export { verifyWebhook, WebhookVerificationError } from './webhooks.ts';
export type { VerifiedWebhook, VerifyWebhookOptions, WebhookEvent, WebhookFault, WebhookHeaders } from './webhooks.ts';

/** RFC 9457: what every refusal and failure looks like. */
export type Problem = components['schemas']['Problem'];

export interface SwitchyardOptions {
  /** Where the installation is, e.g. `https://switchyard.example`; empty in its own web application. */
  url?: string;
  /** API key or session token; in a browser the session cookie serves. */
  token?: string;
  /** Slug of the tenant to work in, when the credential is good for several. */
  tenant?: string;
  fetch?: typeof globalThis.fetch;
}

/** A typed client: `await switchyard({ url, token }).GET('/api/v1/servers')` answers `{ data, error, response }`. */
export function switchyard({ url = '', token, tenant, fetch }: SwitchyardOptions = {}): Client<paths> {
  return createClient<paths>({
    baseUrl: url.replace(/\/$/, ''),
    headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(tenant ? { 'X-Switchyard-Tenant': tenant } : {}) },
    ...(fetch ? { fetch } : {}),
  });
}
