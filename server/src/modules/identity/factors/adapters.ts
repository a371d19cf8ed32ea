import { provide, type Port } from '#kernel/port.ts';
import { createChallenges } from './challenges.ts';
import type { FactorDeps } from './deps.ts';
import { createDevices } from './devices.ts';
import { createEnrolment } from './enrolment.ts';
import { createPasskeys } from './passkeys.ts';
import { createPasskeySignIn } from './passkey-sign-in.ts';
import { createPhones } from './phones.ts';
import { Challenges, Devices, Enrolment, Passkeys, PasskeySignIn, Phones, Recovery, StepUp } from './ports.ts';
import { createRecovery } from './recovery.ts';
import { createStepUp } from './step-up.ts';

/** What the operations of second factors ask for. */
export const factorAdapters = (deps: FactorDeps): readonly (readonly [Port<unknown>, unknown])[] => [
  provide(Challenges, createChallenges(deps)),
  provide(StepUp, createStepUp(deps)),
  provide(Enrolment, createEnrolment(deps)),
  provide(Phones, createPhones(deps)),
  provide(Passkeys, createPasskeys(deps)),
  provide(PasskeySignIn, createPasskeySignIn(deps)),
  provide(Devices, createDevices(deps)),
  provide(Recovery, createRecovery(deps)),
];
