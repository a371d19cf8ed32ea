import { inCategory, json, like, optional, secret, text, url, UUID } from '../template.ts';

const cloud = inCategory('Clouds');

export const clouds = [
  cloud(
    'aws',
    'Amazon Web Services',
    text('AWS_ACCESS_KEY_ID', 'Access key ID', 'IAM, Users, Security credentials; begins with AKIA, or ASIA when it is temporary', like('^(AKIA|ASIA)[A-Z0-9]{16}$')),
    secret('AWS_SECRET_ACCESS_KEY', 'Secret access key', 'Shown once, when the access key is made', like('^[A-Za-z0-9/+=]{40}$')),
    text('AWS_REGION', 'Region', 'Such as eu-central-1', { ...optional, ...like('^[a-z]{2}(-[a-z]+)+-[0-9]$') }),
    secret('AWS_SESSION_TOKEN', 'Session token', 'For temporary credentials only', optional),
  ),
  cloud(
    'google-cloud',
    'Google Cloud',
    json('GOOGLE_CREDENTIALS', 'Service account key', 'IAM, Service accounts, Keys: the whole JSON file'),
    text('GOOGLE_CLOUD_PROJECT', 'Project ID', 'Not the project’s name or number', like('^[a-z][a-z0-9-]{4,28}[a-z0-9]$')),
  ),
  cloud(
    'azure',
    'Microsoft Azure',
    text('AZURE_TENANT_ID', 'Directory (tenant) ID', 'Entra ID, App registrations, Overview', UUID),
    text('AZURE_CLIENT_ID', 'Application (client) ID', 'Entra ID, App registrations, Overview', UUID),
    secret('AZURE_CLIENT_SECRET', 'Client secret', 'Certificates & secrets: the value, not the secret’s ID'),
    text('AZURE_SUBSCRIPTION_ID', 'Subscription ID', 'Which subscription is worked in', { ...optional, ...UUID }),
  ),
  cloud('hetzner-cloud', 'Hetzner Cloud', secret('HCLOUD_TOKEN', 'API token', 'Project, Security, API tokens; 64 letters and digits', like('^[A-Za-z0-9]{64}$'))),
  cloud('digitalocean', 'DigitalOcean', secret('DIGITALOCEAN_ACCESS_TOKEN', 'Personal access token', 'API, Tokens; begins with dop_v1_', like('^dop_v1_[0-9a-f]{64}$'))),
  cloud('linode', 'Akamai (Linode)', secret('LINODE_TOKEN', 'Personal access token', 'Profile, API tokens')),
  cloud('vultr', 'Vultr', secret('VULTR_API_KEY', 'API key', 'Account, API; your addresses have to be let in there')),
  cloud(
    'scaleway',
    'Scaleway',
    text('SCW_ACCESS_KEY', 'Access key', 'IAM, API keys; begins with SCW', like('^SCW[A-Z0-9]{17}$')),
    secret('SCW_SECRET_KEY', 'Secret key', 'Shown once, when the API key is made', UUID),
    text('SCW_DEFAULT_PROJECT_ID', 'Project ID', 'Project settings', { ...optional, ...UUID }),
  ),
  cloud(
    'ovhcloud',
    'OVHcloud',
    text('OVH_ENDPOINT', 'Endpoint', 'Which API: ovh-eu, ovh-ca or ovh-us', like('^(ovh|kimsufi|soyoustart)-[a-z]{2}$')),
    text('OVH_APPLICATION_KEY', 'Application key', 'From the page “createApp” of the API'),
    secret('OVH_APPLICATION_SECRET', 'Application secret', 'Given with the application key'),
    secret('OVH_CONSUMER_KEY', 'Consumer key', 'Which account the application acts for, and how far'),
  ),
  cloud(
    'openstack',
    'OpenStack',
    url('OS_AUTH_URL', 'Identity endpoint', 'Of Keystone, with /v3 at its end'),
    text('OS_APPLICATION_CREDENTIAL_ID', 'Application credential ID', 'Identity, Application credentials'),
    secret('OS_APPLICATION_CREDENTIAL_SECRET', 'Application credential secret', 'Shown once, when the credential is made'),
    text('OS_REGION_NAME', 'Region', 'Where the installation has several', optional),
  ),
  cloud(
    'upcloud',
    'UpCloud',
    text('UPCLOUD_USERNAME', 'User', 'A sub-account that may use the API'),
    secret('UPCLOUD_PASSWORD', 'Password', 'Of that sub-account'),
  ),
  cloud(
    'exoscale',
    'Exoscale',
    text('EXOSCALE_API_KEY', 'API key', 'IAM, API keys; begins with EXO', like('^EXO[0-9a-f]+$')),
    secret('EXOSCALE_API_SECRET', 'API secret', 'Shown once, when the key is made'),
  ),
]; // prettier-ignore
