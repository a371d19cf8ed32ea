import { announceExpiring } from './expiring.ts';
import { apiKeysCreate } from '../operations/apiKeys.create.ts';
import { apiKeysGet } from '../operations/apiKeys.get.ts';
import { apiKeysList } from '../operations/apiKeys.list.ts';
import { apiKeysRevoke } from '../operations/apiKeys.revoke.ts';
import { apiKeysRotate } from '../operations/apiKeys.rotate.ts';
import { apiKeysUpdate } from '../operations/apiKeys.update.ts';
import { serviceAccountsCreate } from '../operations/serviceAccounts.create.ts';
import { serviceAccountsDelete } from '../operations/serviceAccounts.delete.ts';
import { serviceAccountsGet } from '../operations/serviceAccounts.get.ts';
import { serviceAccountsList } from '../operations/serviceAccounts.list.ts';
import { serviceAccountsUpdate } from '../operations/serviceAccounts.update.ts';

export { apiKeysCreate, apiKeysGet, apiKeysList, apiKeysRevoke, apiKeysRotate, apiKeysUpdate };
export { serviceAccountsCreate, serviceAccountsDelete, serviceAccountsGet, serviceAccountsList, serviceAccountsUpdate };

export const operations = [
  apiKeysList, apiKeysGet, apiKeysCreate, apiKeysUpdate, apiKeysRotate, apiKeysRevoke,
  serviceAccountsList, serviceAccountsGet, serviceAccountsCreate, serviceAccountsUpdate, serviceAccountsDelete,
]; // prettier-ignore

export const schedules = [{ name: 'api-keys-expiring', cron: '30 6 * * *', perTenant: announceExpiring }];

export const events = {
  'apiKey.created': 'An API key was made; the key itself is not in the event',
  'apiKey.updated': 'An API key was renamed or limited otherwise',
  'apiKey.rotated': 'Another API key takes the place of one',
  'apiKey.revoked': 'An API key was ended',
  'apiKey.expiring': 'An API key ends in a week, or in a day, and none has taken its place',
  'serviceAccount.created': 'A service account was made',
  'serviceAccount.updated': 'A service account was renamed, or another person answers for it',
  'serviceAccount.deleted': 'A service account was deleted with its keys and grants',
};
