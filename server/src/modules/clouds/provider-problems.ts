import { Problem } from '#kernel/problem.ts';
import './problems.ts';
import { ProviderError, type ErrorClass } from './providers/port.ts';

interface Handling {
  problem: string;
  /** `again`: it had no effect and may be sent once more after a pause. `resolve`: look for its effect first. */
  retry: 'no' | 'again' | 'resolve';
  remedy: string;
}

export const HANDLING: Record<ErrorClass, Handling> = {
  auth: { problem: 'provider-auth-failed', retry: 'no', remedy: 'Check the credential of the connection and validate it again.' },
  permission: { problem: 'provider-permission-missing', retry: 'no', remedy: 'Give the credential the missing right at the provider.' },
  not_found: { problem: 'resource-gone', retry: 'no', remedy: 'It was deleted outside Switchyard; look at the drift findings.' },
  locked: { problem: 'provider-busy', retry: 'again', remedy: 'Another action still runs on it at the provider; try again later.' },
  invalid: { problem: 'provider-rejected', retry: 'no', remedy: 'Correct the input; the provider’s words are quoted.' },
  conflict: { problem: 'name-conflict', retry: 'no', remedy: 'Choose another name, or import what exists.' },
  state: { problem: 'invalid-state', retry: 'no', remedy: 'Bring it into a state in which the provider allows this.' },
  protected: { problem: 'deletion-protected', retry: 'no', remedy: 'Lift the protection first, with servers.protect.' },
  quota: { problem: 'provider-quota-exceeded', retry: 'no', remedy: 'Delete what is not needed, or ask the provider for more.' },
  capacity: { problem: 'provider-capacity', retry: 'no', remedy: 'Choose another size, zone or region, or try again later.' },
  rate: { problem: 'provider-rate-limited', retry: 'again', remedy: 'Try again after the time in Retry-After.' },
  unavailable: { problem: 'provider-unavailable', retry: 'again', remedy: 'The provider does not answer as it should; try again later.' },
  ambiguous: { problem: 'outcome-unknown', retry: 'resolve', remedy: 'Look at the provider before you try again: it may have been done.' },
  unsupported: { problem: 'capability-unsupported', retry: 'no', remedy: 'This kind of cloud cannot do it.' },
};

/** The answer to a caller for what a provider said. Alternatives and the like go into `extras`. */
export const providerProblem = (error: ProviderError, extras: Record<string, unknown> = {}): Problem => {
  const { problem, remedy } = HANDLING[error.class];
  return new Problem(
    problem,
    `The provider answered: ${error.message} (${error.code}). ${remedy}`,
    {
      provider: { code: error.code },
      ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
      ...extras,
    },
    { cause: error },
  );
};

/** Why the provider refused, when that is behind a problem. */
export const classOf = (error: unknown): ErrorClass | undefined =>
  error instanceof Problem && error.cause instanceof ProviderError ? error.cause.class : undefined;
