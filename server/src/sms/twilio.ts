import { SmsFault, type Sms, type SmsFaultReason } from '#kernel/sms.ts';
import { basic, post, waitOf } from './post.ts';

/** Error codes of Twilio that tell who is at fault; every other is between them and us. */
const REASONS: Readonly<Record<number, SmsFaultReason>> = {
  21211: 'number', // no valid number
  21217: 'number', // does not look like a number
  21612: 'number', // not reachable from our sender
  21614: 'number', // a landline
  21408: 'country', // geo permissions
  21610: 'blocked', // answered STOP
  20429: 'busy',
};

interface Fault {
  code?: number;
}

async function faultOf(response: Response): Promise<SmsFault> {
  const { code = 0 } = (await response.json().catch(() => ({}))) as Fault;
  const reason = REASONS[code] ?? (response.status === 429 ? 'busy' : 'down');
  // Their words repeat the number; the code is enough.
  return new SmsFault(reason, `Twilio answered ${response.status}, code ${code}`, waitOf(response.headers));
}

/** `+` is a space in a query. */
const numberOf = (text: string | null): string | undefined => text?.replace(/^ /, '+') || undefined;

/** Twilio’s Messages resource (API version 2010-04-01). The user is the account's SID, or an API key with the account's SID as path. */
export function createTwilio(address: URL): Sms {
  const user = decodeURIComponent(address.username);
  const account = address.pathname.replaceAll('/', '') || user;
  const service = address.searchParams.get('service');
  const sender = service ? { MessagingServiceSid: service } : { From: numberOf(address.searchParams.get('from')) ?? '' };
  const url = new URL(`${address.protocol === 'twilio+http:' ? 'http' : 'https'}://${address.host}/2010-04-01/Accounts/${account}/Messages.json`);
  const authorization = basic(user, decodeURIComponent(address.password));
  return {
    kind: 'twilio',
    async send({ to, text }) {
      const response = await post(url, { authorization }, new URLSearchParams({ To: to, ...sender, Body: text }));
      if (!response.ok) throw await faultOf(response);
      await response.body?.cancel();
    },
  };
}
