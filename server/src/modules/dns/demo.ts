import type { Edits } from './edits.ts';

/** First records of a demo zone: enough to look around in, to dig, and to change. For `records` of dns.createZone. */
export const demoRecords = (zone: string): Edits['creates'] => [
  { name: '@', type: 'A', value: '192.0.2.80', comment: 'Web front, rack 3' },
  { name: '@', type: 'AAAA', value: '2001:db8::80' },
  { name: '@', type: 'MX', value: `10 mail.${zone}.` },
  { name: '@', type: 'TXT', value: 'v=spf1 mx -all' },
  { name: '@', type: 'CAA', value: '0 issue "letsencrypt.org"' },
  { name: 'www', type: 'CNAME', value: `${zone}.`, ttl: 600 },
  { name: 'api', type: 'A', value: '192.0.2.81', ttl: 300, comment: 'Moves to the new region in spring' },
  { name: 'api', type: 'A', value: '192.0.2.82', ttl: 300 },
  { name: 'mail', type: 'A', value: '192.0.2.25' },
  { name: '_dmarc', type: 'TXT', value: `v=DMARC1; p=quarantine; rua=mailto:dmarc@${zone}` },
  { name: '_sip._tcp', type: 'SRV', value: `10 5 5060 sip.${zone}.` },
  { name: 'sip', type: 'A', value: '192.0.2.60' },
  { name: 'status', type: 'CNAME', value: 'status.example.net.' },
  { name: '*.preview', type: 'A', value: '192.0.2.99', comment: 'Review apps' },
];
