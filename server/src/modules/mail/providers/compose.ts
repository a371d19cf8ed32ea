import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import type { Envelope } from './port.ts';

const DOMAIN = /@(.+)$/;

/** The mail as the library takes it. Addresses are given as objects: it never has to read one out of a text. */
export const composed = ({ id, from, to, subject, text, html, language }: Envelope): SMTPTransport.MailOptions => ({
  from,
  to: { name: '', address: to },
  subject,
  text,
  html,
  messageId: `<${id}@${DOMAIN.exec(from.address)?.[1] ?? 'localhost'}>`,
  // RFC 3834: nobody's absence notice answers us.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': language },
  disableFileAccess: true,
  disableUrlAccess: true,
});
