import type { AiRequest, AiUsage } from '#kernel/ai.ts';

/** Bytes of a token at least, as models cut text; ordinary text has four. Reservations count with the least, so that they hold. */
const LEAST_BYTES = 2;
const USUAL_BYTES = 4;
/** Around each message and tool. */
const FRAME = 12;
/** The most that the providers count for a picture of the largest size that they take. */
const PICTURE = 2_000;
const MILLION = 1_000_000;

type Tokens = Pick<AiUsage, 'inputTokens' | 'outputTokens'>;
interface Sent {
  bytes: number;
  parts: number;
  pictures: number;
}

/** How much is sent, whatever it is. */
export function sentOf({ system = '', messages, tools = [] }: { system?: string | undefined } & Pick<AiRequest, 'messages' | 'tools'>): Sent {
  const texts = [
    system,
    ...messages.flatMap((message) => [message.text, message.role === 'assistant' ? JSON.stringify(message.toolCalls ?? '') : '']),
    ...tools.flatMap(({ name, description, schema: taken }) => [name, description, JSON.stringify(taken)]),
  ];
  return {
    bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    parts: messages.length + tools.length + 2,
    pictures: messages.reduce((sum, message) => sum + (message.role === 'user' ? (message.images?.length ?? 0) : 0), 0),
  };
}

/** Tokens that what is sent can be at most. */
export const mostTokens = ({ bytes, parts, pictures }: Sent): number => Math.ceil(bytes / LEAST_BYTES) + parts * FRAME + pictures * PICTURE;
/** Tokens that it is likely to be. */
export const likelyTokens = ({ bytes, parts, pictures }: Sent): number => Math.ceil(bytes / USUAL_BYTES) + parts * 4 + pictures * (PICTURE / 2);
/** Tokens that a text is likely to be, where the provider does not say. */
export const tokensIn = (text: string): number => Math.ceil(Buffer.byteLength(text) / USUAL_BYTES);

/** Millionths of a US dollar, rounded up; prices are for a million tokens. */
export const costOf = (tokens: Tokens, price: { input: number; output: number } | null): number =>
  price === null ? 0 : Math.ceil((tokens.inputTokens * price.input + tokens.outputTokens * price.output) / MILLION);

/** No call takes more: a number above it is a mistake, or a lie. */
const MOST_TOLD = 1_000_000_000;
const isCount = (tokens: number): boolean => Number.isSafeInteger(tokens) && tokens >= 0 && tokens <= MOST_TOLD;
/** Tokens as the provider counts them, where that is a count; what we count ourselves where it is none. */
export const countedTokens = (told: Tokens | undefined, ours: Tokens): Tokens =>
  told !== undefined && isCount(told.inputTokens) && isCount(told.outputTokens) ? told : ours;
