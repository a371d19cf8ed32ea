import { context, isSpanContextValid, propagation, ROOT_CONTEXT, SpanStatusCode, trace, TraceFlags, type Attributes } from '@opentelemetry/api';

let collecting = false;

/** A place in a trace: in hexadecimal, as W3C Trace Context writes it. */
export interface TracePlace {
  traceId: string;
  spanId: string;
}
/** Ids of the span that is told of right now; others have random ones. */
let told: TracePlace | undefined;

/** Starts OpenTelemetry export when a collector is configured; the answer flushes and stops it. */
export async function startTracing(endpoint: string | undefined): Promise<() => Promise<void>> {
  if (!endpoint) return async () => undefined;
  const [{ BatchSpanProcessor, NodeTracerProvider, RandomIdGenerator }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const random = new RandomIdGenerator();
  const provider = new NodeTracerProvider({
    idGenerator: { generateTraceId: () => told?.traceId ?? random.generateTraceId(), generateSpanId: () => told?.spanId ?? random.generateSpanId() },
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }))],
  });
  provider.register();
  collecting = true;
  return async () => {
    collecting = false;
    await provider.shutdown();
  };
}

export const isTracing = (): boolean => collecting;

/** Where the caller is, by its own span or by the headers that it came with; undefined while no collector is configured. */
export function currentPlace(): TracePlace | undefined {
  const found = collecting ? trace.getSpanContext(context.active()) : undefined;
  return found && isSpanContextValid(found) ? { traceId: found.traceId, spanId: found.spanId } : undefined;
}

const remote = (from: typeof ROOT_CONTEXT, place: TracePlace) =>
  trace.setSpanContext(from, { ...place, traceFlags: TraceFlags.SAMPLED, isRemote: true });

/** Runs `work` as a part of a span that is told of later, perhaps by another process. */
export const withinPlace = <T>(place: TracePlace, work: () => T): T => (collecting ? context.with(remote(context.active(), place), work) : work());

export interface Past {
  name: string;
  place: TracePlace;
  /** Span that it is a part of. */
  parentId: string | null;
  from: Date;
  to: Date;
  attributes: Attributes;
  /** Why it went wrong. */
  fault?: string | undefined;
}

/** Tells of a span that is over: what goes on over crashes and waits is in no process from beginning to end. */
export function tellSpan({ name, place, parentId, from, to, attributes, fault }: Past): void {
  if (!collecting) return;
  told = place;
  try {
    const above = parentId === null ? ROOT_CONTEXT : remote(ROOT_CONTEXT, { traceId: place.traceId, spanId: parentId });
    const span = trace.getTracer('switchyard').startSpan(name, { startTime: from, attributes }, above);
    if (fault !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: fault });
    span.end(to);
  } finally {
    told = undefined;
  }
}

/** Runs `work` in a span of its own; costs nothing while no collector is configured. */
export const spanned = <T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> =>
  collecting ? inSpan(name, attributes, work) : work();

const inSpan = <T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> =>
  trace.getTracer('switchyard').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'thrown' });
      throw error;
    } finally {
      span.end();
    }
  });

/** Runs `work` as part of the caller's trace, if its headers name one (W3C Trace Context). */
export const inTraceOf = <T>(headers: Record<string, unknown>, work: () => T): T =>
  collecting ? context.with(propagation.extract(context.active(), headers), work) : work();
