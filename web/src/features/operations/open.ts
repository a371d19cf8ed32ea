import { signal } from '#lib/signal.ts';

export interface OpenOperation {
  /** `servers.reboot` */
  name: string;
  /** Fields that are known already, e.g. the id of the page's resource. */
  input?: Record<string, unknown>;
  /** Version that the page has shown; sent as If-Match, so that nobody's edit is lost. */
  ifMatch?: string | number;
  /** Told when it is done or accepted. */
  onSettled?: () => void;
}

const current = signal<OpenOperation | null>(null);

/** Opens the form of any Operation over the page: `openOperation({ name: 'servers.reboot', input: { id } })`. */
export const openOperation = (operation: OpenOperation): void => current.set(operation);
export const closeOperation = (): void => current.set(null);
export const useOpenOperation = (): OpenOperation | null => current.use();
