import { HTTPS, inCategory, like, multiline, number, optional, secret, text, url } from '../template.ts';

const storage = inCategory('Storage');

export const storages = [
  storage(
    's3-compatible',
    'S3-compatible storage',
    url('S3_ENDPOINT', 'Endpoint', 'Of the provider', HTTPS),
    text('S3_REGION', 'Region', 'Where the provider has several', optional),
    text('S3_BUCKET', 'Bucket', 'Its name'),
    text('S3_ACCESS_KEY_ID', 'Access key ID', 'One that reaches this bucket only'),
    secret('S3_SECRET_ACCESS_KEY', 'Secret access key', 'Given with the access key ID'),
  ),
  storage('azure-blob', 'Azure Blob Storage', secret('AZURE_STORAGE_CONNECTION_STRING', 'Connection string', 'Storage account, Access keys', like('AccountName='))),
  storage('google-cloud-storage', 'Google Cloud Storage (HMAC)', text('GCS_HMAC_ACCESS_ID', 'Access ID', 'Settings, Interoperability; begins with GOOG', like('^GOOG')), secret('GCS_HMAC_SECRET', 'Secret', 'Shown once, when the key is made')),
  storage('backblaze', 'Backblaze B2', text('B2_APPLICATION_KEY_ID', 'Key ID', 'Application keys'), secret('B2_APPLICATION_KEY', 'Application key', 'Shown once, when it is made')),
  storage(
    'cloudflare-r2',
    'Cloudflare R2',
    text('R2_ACCOUNT_ID', 'Account ID', 'R2, Overview', like('^[0-9a-f]{32}$')),
    text('R2_ACCESS_KEY_ID', 'Access key ID', 'R2, Manage API tokens', like('^[0-9a-f]{32}$')),
    secret('R2_SECRET_ACCESS_KEY', 'Secret access key', 'Shown once, when the token is made', like('^[0-9a-f]{64}$')),
  ),
  storage('bunny', 'bunny.net', secret('BUNNY_API_KEY', 'API key', 'Account settings, API; storage zones have passwords of their own')),
  storage('fastly', 'Fastly', secret('FASTLY_API_TOKEN', 'API token', 'Account, API tokens')),
  storage('cloudinary', 'Cloudinary', secret('CLOUDINARY_URL', 'Environment variable', 'Key, secret and cloud name in one', like('^cloudinary://[0-9]+:[^@]+@'))),
  storage(
    'sftp',
    'SFTP server',
    text('SFTP_HOST', 'Host', 'Name or address'),
    number('SFTP_PORT', 'Port', '22 when left out', optional),
    text('SFTP_USER', 'User', 'An account for this alone'),
    multiline('SFTP_PRIVATE_KEY', 'Private key', 'In the form of OpenSSH or PEM', like('^-----BEGIN ')),
  ),
  storage('restic', 'restic repository', secret('RESTIC_REPOSITORY', 'Repository', 'Where it lies; often with a password in it'), secret('RESTIC_PASSWORD', 'Password', 'Without it nothing of the backup can be read')),
]; // prettier-ignore
