import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';

export type { AuthenticationResponseJSON, PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON, RegistrationResponseJSON };

// The library is fetched when a passkey is used or made, not before.
const library = () => import('@simplewebauthn/browser');

export const passkeysAreThere = (): boolean => typeof PublicKeyCredential === 'function';

/** The browser's own dialog was closed, or another ceremony took its place: nothing to report. */
export const isGivenUp = (error: unknown): boolean => error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');

export const signWithPasskey = async (options: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON> =>
  (await library()).startAuthentication({ optionsJSON: options });

export const makePasskey = async (options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> =>
  (await library()).startRegistration({ optionsJSON: options });

/** Whether the browser can offer passkeys in the suggestions of the address field. */
export async function canSuggest(): Promise<boolean> {
  return passkeysAreThere() && (await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false));
}

/** Waits until a passkey is picked from those suggestions; rejects with AbortError when `stopSuggesting` is called. */
export const suggestPasskeys = async (options: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON> =>
  (await library()).startAuthentication({ optionsJSON: options, useBrowserAutofill: true });

export const stopSuggesting = async (): Promise<void> => (await library()).WebAuthnAbortService.cancelCeremony();
