import { inCategory, like, number, optional, secret, text, url } from '../template.ts';

const network = inCategory('Networks');

export const networks = [
  network('cloudflare', 'Cloudflare', secret('CLOUDFLARE_API_TOKEN', 'API token', 'My profile, API tokens: one for the zones that are meant'), text('CLOUDFLARE_ZONE_ID', 'Zone ID', 'Zone, Overview', { ...optional, ...like('^[0-9a-f]{32}$') })),
  network(
    'rfc2136',
    'DNS updates (RFC 2136)',
    text('TSIG_SERVER', 'Server', 'Name or address of the primary'),
    text('TSIG_NAME', 'Key name', 'As the server’s configuration has it'),
    text('TSIG_ALGORITHM', 'Algorithm', 'Such as hmac-sha256', like('^hmac-(md5|sha(1|224|256|384|512))')),
    secret('TSIG_SECRET', 'Key', 'In base64', like('^[A-Za-z0-9+/]+={0,2}$')),
  ),
  network('powerdns', 'PowerDNS', url('PDNS_API_URL', 'Address of the API', 'Port 8081 unless it was changed'), secret('PDNS_API_KEY', 'API key', 'api-key of the configuration')),
  network('gandi', 'Gandi', secret('GANDI_PAT', 'Personal access token', 'Account, Personal access tokens')),
  network('porkbun', 'Porkbun', text('PORKBUN_API_KEY', 'API key', 'Begins with pk1_', like('^pk1_')), secret('PORKBUN_SECRET_API_KEY', 'Secret API key', 'Begins with sk1_', like('^sk1_'))),
  network('tailscale', 'Tailscale', secret('TS_AUTHKEY', 'Auth key', 'Settings, Keys; begins with tskey-auth-, or tskey-client- for OAuth clients', like('^tskey-'))),
  network(
    'wireguard',
    'WireGuard peer',
    secret('WG_PRIVATE_KEY', 'Private key', 'wg genkey: 32 bytes in base64', like('^[A-Za-z0-9+/]{43}=$')),
    text('WG_PEER_PUBLIC_KEY', 'Public key of the peer', '32 bytes in base64', like('^[A-Za-z0-9+/]{43}=$')),
    secret('WG_PRESHARED_KEY', 'Preshared key', 'wg genpsk', { ...optional, ...like('^[A-Za-z0-9+/]{43}=$') }),
  ),
  network(
    'routeros',
    'MikroTik RouterOS',
    text('ROUTEROS_HOST', 'Host', 'Name or address of the router'),
    text('ROUTEROS_USER', 'User', 'In a group with no more than it needs'),
    secret('ROUTEROS_PASSWORD', 'Password', 'Of that user'),
  ),
  network(
    'vsphere',
    'VMware vSphere',
    text('VSPHERE_SERVER', 'vCenter', 'Its name, as the certificate has it'),
    text('VSPHERE_USER', 'User', 'With its domain, such as @vsphere.local'),
    secret('VSPHERE_PASSWORD', 'Password', 'Of that user'),
  ),
  network('netbox', 'NetBox', url('NETBOX_URL', 'Address', 'Of the server'), secret('NETBOX_TOKEN', 'API token', 'User, API tokens')),
  network('peeringdb', 'PeeringDB', secret('PEERINGDB_API_KEY', 'API key', 'Of a user or an organisation')),
  network(
    'snmp-v3',
    'SNMPv3',
    text('SNMP_USER', 'Security name', 'The user of the agent'),
    secret('SNMP_AUTH_PASSWORD', 'Authentication password', 'At least 8 characters (RFC 3414)', like('^.{8,}$')),
    secret('SNMP_PRIV_PASSWORD', 'Privacy password', 'At least 8 characters', { ...optional, ...like('^.{8,}$') }),
  ),
  network('radius', 'RADIUS server', text('RADIUS_SERVER', 'Server', 'Name or address'), number('RADIUS_PORT', 'Port', '1812 when left out', optional), secret('RADIUS_SECRET', 'Shared secret', 'Between this client and the server')),
]; // prettier-ignore
