import { apple, type AppleSettings } from './idps/apple.ts';
import { github } from './idps/github.ts';
import { google, type GoogleSettings } from './idps/google.ts';
import { microsoft, type MicrosoftSettings } from './idps/microsoft.ts';
import { peeringdb, type PeeringdbSettings } from './idps/peeringdb.ts';
import type { Provider } from './idps/provider.ts';
import type { Registered } from './idps/registered.ts';
import type { Core } from './relying-party.ts';

/** What whoever runs the installation got from each provider; those left out are not offered. */
export interface InstalledSettings {
  google?: GoogleSettings | undefined;
  github?: Registered | undefined;
  microsoft?: MicrosoftSettings | undefined;
  apple?: AppleSettings | undefined;
  peeringdb?: PeeringdbSettings | undefined;
}

/** In the order in which the sign-in page shows them. */
export const installedProviders = (core: Core, settings: InstalledSettings): Provider[] => [
  ...(settings.google ? [google(core, settings.google)] : []),
  ...(settings.github ? [github(core, settings.github)] : []),
  ...(settings.microsoft ? [microsoft(core, settings.microsoft)] : []),
  ...(settings.apple ? [apple(core, settings.apple)] : []),
  ...(settings.peeringdb ? [peeringdb(core, settings.peeringdb)] : []),
];
