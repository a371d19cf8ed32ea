import type { Log } from '#kernel/log.ts';
import type { Sms } from '#kernel/sms.ts';
import { createHttpSms } from './http.ts';
import { createSmsFiles } from './files.ts';
import { createTwilio } from './twilio.ts';

/**
 * The carrier that an address names: `twilio://SID:TOKEN@api.twilio.com?from=+1…` (or `service=MG…`; `twilio+http://` for one on
 * this machine), `https://user:password@…` for anything that takes JSON, `log:` for files in `folder`.
 */
export function createSms(address: string, { folder, log }: { folder: string; log: Log }): Sms {
  if (address.startsWith('log:')) return createSmsFiles(folder, log);
  return address.startsWith('twilio') ? createTwilio(new URL(address)) : createHttpSms(new URL(address));
}
