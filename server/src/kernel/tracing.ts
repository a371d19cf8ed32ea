import { context, propagation, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';

let collecting = false;

/** Starts OpenTelemetry export when a collector is configured; the answer flushes and stops it. */
export async function startTracing(endpoint: string | undefined): Promise<() => Promise<void>> {
  if (!endpoint) return async () => undefined;
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const provider = new NodeTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }))],
  });
  provider.register();
  collecting = true;
  return () => provider.shutdown();
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
