import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { Problem } from '#kernel/problem.ts';

/** Countries that SMS goes to, as ISO 3166 codes; undefined allows all. */
export type Countries = ReadonlySet<string> | undefined;

/** Reads `DE, AT,ch`; undefined when nothing is listed. */
export function countriesOf(list: string | undefined): Countries {
  const codes = (list ?? '').split(',').map((code) => code.trim().toUpperCase()).filter(Boolean); // prettier-ignore
  return codes.length > 0 ? new Set(codes) : undefined;
}

const fault = (message: string): { errors: { pointer: string; message: string }[] } => ({ errors: [{ pointer: '/phone', message }] });

/** The number in E.164. Throws `phone-invalid` or `sms-country-blocked`. */
export function readPhone(typed: string, countries: Countries): string {
  const found = parsePhoneNumberFromString(typed);
  if (!found?.isValid())
    throw new Problem(
      'phone-invalid',
      'This is no phone number that exists. Write it with its country, as in +49 30 901820.',
      fault('Not a phone number'),
    );
  // A number whose country is not known (satellite, premium services across countries) is on no list.
  const country: CountryCode | undefined = found.country;
  if (countries && !(country && countries.has(country)))
    throw new Problem(
      'sms-country-blocked',
      'This installation sends no SMS to that country. Use an authenticator app or a passkey.',
      fault('Country not allowed'),
    );
  return found.number;
}

/** Enough for its owner to recognise: the country code and the last two digits. */
export function maskedPhone(e164: string): string {
  const found = parsePhoneNumberFromString(e164);
  const code = found ? `+${found.countryCallingCode}` : e164.slice(0, 3);
  return `${code} ••• ${e164.slice(-2)}`;
}
