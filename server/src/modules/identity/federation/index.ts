import { authOauthAccounts } from '../operations/auth.oauth.accounts.ts';
import { authOauthCallback } from '../operations/auth.oauth.callback.ts';
import { authOauthCallbackForm } from '../operations/auth.oauth.callbackForm.ts';
import { authOauthComplete } from '../operations/auth.oauth.complete.ts';
import { authOauthLink } from '../operations/auth.oauth.link.ts';
import { authOauthLogin } from '../operations/auth.oauth.login.ts';
import { authOauthStart } from '../operations/auth.oauth.start.ts';
import { authOauthUnlink } from '../operations/auth.oauth.unlink.ts';
import { authOidcBackchannelLogout } from '../operations/auth.oidc.backchannelLogout.ts';
import { authOidcCallback } from '../operations/auth.oidc.callback.ts';
import { authOidcLogin } from '../operations/auth.oidc.login.ts';
import { authPeeringdbCallback } from '../operations/auth.peeringdb.callback.ts';
import { authPeeringdbStart } from '../operations/auth.peeringdb.start.ts';
import { authProviders } from '../operations/auth.providers.ts';
import { identityProvidersTest } from '../operations/identityProviders.check.ts';
import { identityProvidersCreate } from '../operations/identityProviders.create.ts';
import { identityProvidersDelete } from '../operations/identityProviders.delete.ts';
import { identityProvidersGet } from '../operations/identityProviders.get.ts';
import { identityProvidersList } from '../operations/identityProviders.list.ts';
import { identityProvidersUpdate } from '../operations/identityProviders.update.ts';
import type { Module } from '#kernel/module.ts';
import { Federation } from './port.ts';
import './problems.ts';

export const operations = [
  authProviders, authOauthLogin, authOauthStart, authOauthCallback, authOauthCallbackForm, authOauthComplete, authOauthLink, authOauthAccounts, authOauthUnlink,
  authOidcLogin, authOidcCallback, authOidcBackchannelLogout, authPeeringdbStart, authPeeringdbCallback,
  identityProvidersList, identityProvidersGet, identityProvidersCreate, identityProvidersUpdate, identityProvidersDelete, identityProvidersTest,
]; // prettier-ignore

export const events = {
  'auth.identity_linked': 'A person linked an identity at another provider',
  'auth.identity_unlinked': 'A person unlinked an identity at another provider',
  'identityProvider.created': 'People can sign in through another identity provider',
  'identityProvider.updated': 'An identity provider was changed',
  'identityProvider.deleted': 'An identity provider was removed; identities that were known by it are unlinked',
};

export const on: NonNullable<Module['on']> = {
  // After the commit, and by the platform: whose identities they were is no tenant's to know.
  'identityProvider.deleted': async (ctx, { data }) => ctx.provider(Federation).forgotten(String(data['id'])),
};
