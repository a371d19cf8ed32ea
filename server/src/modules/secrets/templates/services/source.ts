import { inCategory, like, multiline, number, optional, secret, text, url } from '../template.ts';

const source = inCategory('Source and builds');

export const sources = [
  source('github', 'GitHub token', secret('GITHUB_TOKEN', 'Personal access token', 'Fine-grained (github_pat_) rather than classic (ghp_)', like('^(gh[pousr]_|github_pat_)'))),
  source(
    'github-app',
    'GitHub App',
    number('GITHUB_APP_ID', 'App ID', 'Settings of the App'),
    multiline('GITHUB_APP_PRIVATE_KEY', 'Private key', 'The whole PEM file', like('^-----BEGIN ')),
    secret('GITHUB_WEBHOOK_SECRET', 'Webhook secret', 'As it was entered in the settings of the App', optional),
  ),
  source(
    'gitlab',
    'GitLab',
    url('GITLAB_URL', 'Address', 'https://gitlab.com, or your own', optional),
    secret('GITLAB_TOKEN', 'Access token', 'Personal, project or group; begins with glpat- unless the prefix was changed'),
  ),
  source(
    'bitbucket',
    'Bitbucket Cloud',
    text('BITBUCKET_USERNAME', 'User or mail address', 'Of the account that the token is of'),
    secret('BITBUCKET_TOKEN', 'API token', 'Account settings, Security'),
  ),
  source(
    'gitea',
    'Gitea or Forgejo',
    url('GITEA_URL', 'Address', 'Of the server'),
    secret('GITEA_TOKEN', 'Access token', 'Settings, Applications; 40 hexadecimal digits', like('^[0-9a-f]{40}$')),
  ),
  source('npm', 'npm registry', secret('NPM_TOKEN', 'Access token', 'Granular; begins with npm_', like('^npm_[A-Za-z0-9]{36}$'))),
  source(
    'docker-hub',
    'Docker Hub',
    text('DOCKERHUB_USERNAME', 'User', 'Docker ID, in small letters'),
    secret('DOCKERHUB_TOKEN', 'Access token', 'Account settings, Personal access tokens', like('^dckr_(pat|oat)_')),
  ),
  source('pypi', 'PyPI', secret('PYPI_TOKEN', 'API token', 'Account settings, API tokens; the user is then __token__', like('^pypi-'))),
  source(
    'jenkins',
    'Jenkins',
    url('JENKINS_URL', 'Address', 'Of the controller'),
    text('JENKINS_USER', 'User', 'That the token is of'),
    secret('JENKINS_API_TOKEN', 'API token', 'User, Security', like('^[0-9a-f]{34}$')),
  ),
  source('terraform-cloud', 'HCP Terraform', secret('TFE_TOKEN', 'API token', 'Of a user, team or organisation', like('\\.atlasv1\\.'))),
  source('circleci', 'CircleCI', secret('CIRCLECI_TOKEN', 'Personal API token', 'User settings, Personal API tokens')),
  source(
    'azure-devops',
    'Azure DevOps',
    url('AZURE_DEVOPS_ORG_URL', 'Organisation', 'https://dev.azure.com/ and its name'),
    secret('AZURE_DEVOPS_PAT', 'Personal access token', 'User settings, Personal access tokens'),
  ),
]; // prettier-ignore
