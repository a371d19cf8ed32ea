import { inCategory, like, optional, secret, text } from '../template.ts';

const payment = inCategory('Payments');

export const payments = [
  payment(
    'stripe',
    'Stripe',
    secret('STRIPE_SECRET_KEY', 'Secret or restricted key', 'Developers, API keys; rk_ may do less and is to be preferred', like('^(sk|rk)_(live|test)_')),
    text('STRIPE_PUBLISHABLE_KEY', 'Publishable key', 'For browsers', { ...optional, ...like('^pk_(live|test)_') }),
    secret('STRIPE_WEBHOOK_SECRET', 'Webhook signing secret', 'Of one endpoint; begins with whsec_', { ...optional, ...like('^whsec_') }),
  ),
  payment(
    'paypal',
    'PayPal',
    text('PAYPAL_CLIENT_ID', 'Client ID', 'Developer dashboard, Apps & credentials'),
    secret('PAYPAL_CLIENT_SECRET', 'Secret', 'Beside the client ID; sandbox and live differ'),
  ),
  payment(
    'adyen',
    'Adyen',
    secret('ADYEN_API_KEY', 'API key', 'Developers, API credentials'),
    text('ADYEN_MERCHANT_ACCOUNT', 'Merchant account', 'Its name'),
    secret('ADYEN_HMAC_KEY', 'HMAC key', 'Of the webhook; hexadecimal', { ...optional, ...like('^[0-9A-Fa-f]{64}$') }),
  ),
  payment('mollie', 'Mollie', secret('MOLLIE_API_KEY', 'API key', 'Developers, API keys; begins with live_ or test_', like('^(live|test)_\\w{30,}$'))),
  payment(
    'braintree',
    'Braintree',
    text('BRAINTREE_MERCHANT_ID', 'Merchant ID', 'API keys'),
    text('BRAINTREE_PUBLIC_KEY', 'Public key', 'API keys'),
    secret('BRAINTREE_PRIVATE_KEY', 'Private key', 'API keys'),
  ),
  payment('square', 'Square', secret('SQUARE_ACCESS_TOKEN', 'Access token', 'Developer console, Credentials; sandbox and production differ')),
  payment('gocardless', 'GoCardless', secret('GOCARDLESS_ACCESS_TOKEN', 'Access token', 'Developers, Access tokens', like('^(live|sandbox)_'))),
  payment(
    'razorpay',
    'Razorpay',
    text('RAZORPAY_KEY_ID', 'Key ID', 'Settings, API keys; begins with rzp_', like('^rzp_(live|test)_')),
    secret('RAZORPAY_KEY_SECRET', 'Key secret', 'Shown once, when the key is made'),
  ),
  payment(
    'klarna',
    'Klarna',
    text('KLARNA_USERNAME', 'User name', 'Settings, Klarna API keys'),
    secret('KLARNA_PASSWORD', 'Password', 'Shown once, when the key is made'),
  ),
]; // prettier-ignore
