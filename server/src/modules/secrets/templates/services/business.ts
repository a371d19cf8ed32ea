import { HTTPS, inCategory, like, optional, secret, text, url } from '../template.ts';

const business = inCategory('Business');

export const businesses = [
  business(
    'salesforce',
    'Salesforce',
    url('SALESFORCE_LOGIN_URL', 'My Domain', 'https://….my.salesforce.com', HTTPS),
    text('SALESFORCE_CLIENT_ID', 'Consumer key', 'Of the connected app'),
    secret('SALESFORCE_CLIENT_SECRET', 'Consumer secret', 'Of the connected app'),
  ),
  business('hubspot', 'HubSpot', secret('HUBSPOT_ACCESS_TOKEN', 'Access token', 'Of a private app; begins with pat-', like('^pat-'))),
  business(
    'zendesk',
    'Zendesk',
    text('ZENDESK_SUBDOMAIN', 'Subdomain', 'In front of .zendesk.com'),
    text('ZENDESK_EMAIL', 'Mail address', 'Of the agent that the token acts for'),
    secret('ZENDESK_API_TOKEN', 'API token', 'Apps and integrations, APIs'),
  ),
  business(
    'atlassian',
    'Jira and Confluence Cloud',
    url('ATLASSIAN_URL', 'Site', 'https://….atlassian.net', HTTPS),
    text('ATLASSIAN_EMAIL', 'Mail address', 'Of the account that the token is of'),
    secret('ATLASSIAN_API_TOKEN', 'API token', 'Account, Security'),
  ),
  business('notion', 'Notion', secret('NOTION_TOKEN', 'Integration secret', 'Of an internal integration', like('^(ntn|secret)_'))),
  business('airtable', 'Airtable', secret('AIRTABLE_TOKEN', 'Personal access token', 'Builder hub; begins with pat', like('^pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}$'))),
  business(
    'shopify',
    'Shopify',
    text('SHOPIFY_SHOP', 'Shop', 'Ends in .myshopify.com', like('\\.myshopify\\.com$')),
    secret('SHOPIFY_ACCESS_TOKEN', 'Admin API access token', 'Of a custom app; begins with shpat_', like('^shpat_[0-9a-fA-F]{32}$')),
  ),
  business('linear', 'Linear', secret('LINEAR_API_KEY', 'API key', 'Settings, Security & access; begins with lin_api_', like('^lin_api_'))),
  business(
    'algolia',
    'Algolia',
    text('ALGOLIA_APP_ID', 'Application ID', 'Settings, API keys'),
    secret('ALGOLIA_API_KEY', 'API key', 'One with no more rights than needed, rather than the admin key'),
  ),
  business('posthog', 'PostHog', text('POSTHOG_PROJECT_KEY', 'Project API key', 'For sending events; begins with phc_', like('^phc_')), secret('POSTHOG_API_KEY', 'Personal API key', 'For reading; begins with phx_', { ...optional, ...like('^phx_') })),
  business('google-maps', 'Google Maps Platform', secret('GOOGLE_MAPS_API_KEY', 'API key', 'Restricted to the APIs and sites that use it', like('^AIza[\\w-]{35}$'))),
  business('mapbox', 'Mapbox', secret('MAPBOX_ACCESS_TOKEN', 'Access token', 'pk. for browsers, sk. for servers', like('^[ps]k\\.'))),
]; // prettier-ignore
