import { HIDDEN, hideSecrets } from '#kernel/sensitive.ts';
import type { NodeRun } from '../nodes/declare.ts';
import { Surroundings } from '../surroundings.ts';
import type { Json } from '../graph.ts';
import type { Decided } from './asked.ts';
import type { Offered } from './tool-rules.ts';

type Fields = { [key: string]: Json };
const isFields = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a request may hold of a call: of a sensitive tool the names of its arguments, of an Operation all but its secret fields. The agent
 * keeps what it is called with; a request lies where more people read.
 */
export function maskedFor(run: Pick<NodeRun, 'provider'>, tool: Offered, given: Json): Json {
  if (tool.sensitive) return isFields(given) ? Object.fromEntries(Object.keys(given).map((name) => [name, HIDDEN])) : HIDDEN;
  return withoutSecrets(run, tool, given);
}

/** What a record, a message and what the agent hands on hold of a call: all but what goes into secret fields of Operations. */
export function withoutSecrets({ provider }: Pick<NodeRun, 'provider'>, { kind, target, secrets }: Pick<Offered, 'kind' | 'target' | 'secrets'>, given: Json): Json {
  const operation = kind === 'operation' ? provider(Surroundings).operations.get(target) : undefined;
  if (operation) return hideSecrets(operation.input, given) as Json;
  if (secrets.length === 0 || !isFields(given)) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, secrets.includes(name) ? HIDDEN : value]));
} // prettier-ignore

/** What was hidden from whoever decided, put back where they left it alone. */
export function unmasked(given: Json, masked: Json | undefined, original: Json | undefined): Json {
  if (masked === HIDDEN && given === HIDDEN && original !== undefined) return original;
  if (Array.isArray(given) && Array.isArray(masked) && Array.isArray(original)) return given.map((item, at) => unmasked(item, masked[at], original[at]));
  if (!isFields(given) || !isFields(masked) || !isFields(original)) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, unmasked(value, masked[name], original[name])]));
} // prettier-ignore

/** Pointers of what is hidden in arguments. */
function hiddenIn(masked: Json, pointer = ''): string[] {
  if (masked === HIDDEN) return [pointer];
  if (Array.isArray(masked)) return masked.flatMap((item, at) => hiddenIn(item, `${pointer}/${at}`));
  if (!isFields(masked)) return [];
  return Object.entries(masked).flatMap(([name, value]) => hiddenIn(value, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`));
}

const at = (value: Json | undefined, pointer: string): Json | undefined =>
  pointer
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((found, part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      if (Array.isArray(found)) return found[Number(name)];
      return isFields(found) ? found[name] : undefined;
    }, value);

/**
 * Hidden arguments that somebody would put others in the place of. Nobody knows what they replace, and what they write would lie in the
 * clear until the agent wakes: it is run as asked, or left out.
 */
export const replacedIn = (masked: Json, { arguments: given }: Decided): string[] =>
  given === undefined ? [] : hiddenIn(masked).filter((pointer) => ![undefined, HIDDEN].includes(at(given, pointer) as string | undefined));

/** Whether a finding is about what is hidden, so that nobody can tell by the mask whether it fits. */
export const isHidden = (masked: Json, pointer: string): boolean => hiddenIn(masked).includes(pointer);
