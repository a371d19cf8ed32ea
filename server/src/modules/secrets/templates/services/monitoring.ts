import { HTTPS, inCategory, like, optional, secret, text, url, UUID } from '../template.ts';

const monitoring = inCategory('Monitoring');

export const monitorings = [
  monitoring('sentry', 'Sentry', url('SENTRY_DSN', 'DSN', 'Project settings, Client keys', like('^https?://[0-9a-f]+(:[0-9a-f]+)?@')), secret('SENTRY_AUTH_TOKEN', 'Auth token', 'For releases and source maps', optional)),
  monitoring(
    'datadog',
    'Datadog',
    secret('DD_API_KEY', 'API key', 'Organisation settings, API keys', like('^[0-9a-f]{32}$')),
    secret('DD_APP_KEY', 'Application key', 'For reading', optional),
    text('DD_SITE', 'Site', 'Such as datadoghq.eu', optional),
  ),
  monitoring('new-relic', 'New Relic', secret('NEW_RELIC_LICENSE_KEY', 'Licence key', 'API keys, type INGEST - LICENSE'), secret('NEW_RELIC_API_KEY', 'User key', 'For queries; begins with NRAK-', { ...optional, ...like('^NRAK-') })),
  monitoring(
    'grafana',
    'Grafana',
    url('GRAFANA_URL', 'Address', 'Of the instance'),
    secret('GRAFANA_TOKEN', 'Service account token', 'Administration, Service accounts; begins with glsa_', like('^glsa_')),
  ),
  monitoring('pagerduty', 'PagerDuty', secret('PAGERDUTY_ROUTING_KEY', 'Integration key', 'Service, Integrations, Events API v2', like('^[A-Za-z0-9]{32}$'))),
  monitoring('opsgenie', 'Opsgenie', secret('OPSGENIE_API_KEY', 'API key', 'Of an API integration', UUID)),
  monitoring('honeycomb', 'Honeycomb', secret('HONEYCOMB_API_KEY', 'Ingest key', 'Environment settings, API keys')),
  monitoring('splunk', 'Splunk HTTP Event Collector', url('SPLUNK_HEC_URL', 'Address', 'With its port, such as 8088'), secret('SPLUNK_HEC_TOKEN', 'Token', 'Settings, Data inputs, HTTP Event Collector', UUID)),
  monitoring('rollbar', 'Rollbar', secret('ROLLBAR_ACCESS_TOKEN', 'Project access token', 'Project settings; post_server_item for servers')),
  monitoring('bugsnag', 'BugSnag', secret('BUGSNAG_API_KEY', 'Notifier API key', 'Project settings', like('^[0-9a-f]{32}$'))),
  monitoring('healthchecks', 'Healthchecks.io', secret('HEALTHCHECKS_PING_URL', 'Ping address', 'Of one check', HTTPS)),
]; // prettier-ignore
