import { HTTPS, inCategory, like, secret, text } from '../template.ts';

const messaging = inCategory('Messaging');

export const messagings = [
  messaging(
    'twilio',
    'Twilio',
    text('TWILIO_ACCOUNT_SID', 'Account SID', 'Console; begins with AC', like('^AC[0-9a-fA-F]{32}$')),
    secret('TWILIO_AUTH_TOKEN', 'Auth token', 'Console, beside the account SID', like('^[0-9a-fA-F]{32}$')),
  ),
  messaging(
    'vonage',
    'Vonage',
    text('VONAGE_API_KEY', 'API key', 'API settings'),
    secret('VONAGE_API_SECRET', 'API secret', 'API settings'),
  ),
  messaging(
    'slack-bot',
    'Slack bot',
    secret('SLACK_BOT_TOKEN', 'Bot token', 'OAuth & Permissions; begins with xoxb-', like('^xoxb-')),
    secret('SLACK_SIGNING_SECRET', 'Signing secret', 'Basic information: proves that a request is Slack’s', like('^[0-9a-f]{32}$')),
  ),
  messaging(
    'slack-webhook',
    'Slack incoming webhook',
    secret('SLACK_WEBHOOK_URL', 'Webhook address', 'Whoever knows it may post', like('^https://hooks\\.slack(-gov)?\\.com/')),
  ),
  messaging('discord-bot', 'Discord bot', secret('DISCORD_TOKEN', 'Bot token', 'Developer portal, Bot')),
  messaging(
    'discord-webhook',
    'Discord webhook',
    secret('DISCORD_WEBHOOK_URL', 'Webhook address', 'Channel, Integrations', like('^https://([a-z]+\\.)?discord(app)?\\.com/api/webhooks/')),
  ),
  messaging('telegram', 'Telegram bot', secret('TELEGRAM_BOT_TOKEN', 'Bot token', 'From @BotFather: a number, a colon, 35 signs', like('^[0-9]+:[\\w-]{35}$'))),
  messaging('microsoft-teams', 'Microsoft Teams workflow', secret('TEAMS_WEBHOOK_URL', 'Webhook address', 'Of the workflow that posts to the channel', HTTPS)),
  messaging(
    'pushover',
    'Pushover',
    secret('PUSHOVER_TOKEN', 'Application token', 'Of your application; 30 letters and digits', like('^[A-Za-z0-9]{30}$')),
    secret('PUSHOVER_USER', 'User or group key', 'Who is told; 30 letters and digits', like('^[A-Za-z0-9]{30}$')),
  ),
]; // prettier-ignore
