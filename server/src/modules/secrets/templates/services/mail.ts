import { inCategory, like, number, optional, secret, text, UUID } from '../template.ts';

const mail = inCategory('Mail');

export const mails = [
  mail(
    'smtp',
    'SMTP server',
    text('SMTP_HOST', 'Host', 'Name of the server, as its certificate has it'),
    number('SMTP_PORT', 'Port', '587 with STARTTLS, 465 with TLS from the beginning', optional),
    text('SMTP_USER', 'User', 'Often the whole address'),
    secret('SMTP_PASSWORD', 'Password', 'For accounts with two factors: one made for this application'),
  ),
  mail('sendgrid', 'Twilio SendGrid', secret('SENDGRID_API_KEY', 'API key', 'Settings, API keys; begins with SG.', like('^SG\\.[\\w-]{22}\\.[\\w-]{43}$'))),
  mail(
    'mailgun',
    'Mailgun',
    secret('MAILGUN_API_KEY', 'API key', 'Of the account, or a sending key of one domain'),
    text('MAILGUN_DOMAIN', 'Domain', 'That mails are sent from'),
  ),
  mail('postmark', 'Postmark', secret('POSTMARK_SERVER_TOKEN', 'Server token', 'Server, API tokens', UUID)),
  mail('resend', 'Resend', secret('RESEND_API_KEY', 'API key', 'API keys; begins with re_', like('^re_'))),
  mail('brevo', 'Brevo', secret('BREVO_API_KEY', 'API key', 'SMTP & API; begins with xkeysib-', like('^xkeysib-'))),
  mail('mailchimp', 'Mailchimp', secret('MAILCHIMP_API_KEY', 'API key', 'Extras, API keys; ends in the data centre, such as -us21', like('^[0-9a-f]{32}-[a-z]+[0-9]+$'))),
  mail(
    'mailjet',
    'Mailjet',
    text('MJ_APIKEY_PUBLIC', 'API key', 'Account settings, API key management'),
    secret('MJ_APIKEY_PRIVATE', 'Secret key', 'Shown once, when it is made'),
  ),
  mail('sparkpost', 'SparkPost', secret('SPARKPOST_API_KEY', 'API key', 'Configuration, API keys')),
]; // prettier-ignore
