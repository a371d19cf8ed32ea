/** Why the product cannot start, in one line for a person, and the one thing to do about it. Never holds a password. */
export class StartError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
    this.remedy = remedy;
  }
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const PLAIN: Record<string, { message: string; remedy: string }> = {
  ENOSPC: { message: 'The disk is full', remedy: 'Free at least 500 MB where `.switchyard/` lies, then start again.' },
  EDQUOT: { message: 'Your disk quota is used up', remedy: 'Free at least 500 MB where `.switchyard/` lies, then start again.' },
  EROFS: { message: 'The disk is mounted read-only', remedy: 'Start from a folder that may be written to.' },
};

/** What the operating system or our own checks refused, as a StartError; anything else is a defect and stays as it is. */
export function asStartError(error: unknown): StartError | undefined {
  if (error instanceof StartError) return error;
  const code = codeOf(error);
  const plain = code ? PLAIN[code] : undefined;
  if (plain) return new StartError(`${plain.message}.`, plain.remedy, { cause: error });
  if (code === 'EACCES' || code === 'EPERM') {
    return new StartError(`No permission${pathOf(error)}.`, 'Start as the user who owns the folder, or give that user the right to write there.', {
      cause: error,
    });
  }
  return undefined;
}

const pathOf = (error: unknown): string => (error instanceof Error && 'path' in error && typeof error.path === 'string' ? ` (${error.path})` : '');
