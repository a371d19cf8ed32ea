import { trace, type Tracer } from '@opentelemetry/api';

/** Starts OpenTelemetry export when a collector is configured; the answer flushes and stops it. */
export async function startTracing(endpoint: string | undefined): Promise<() => Promise<void>> {
  if (!endpoint) return async () => undefined;
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }] = await Promise.all([import('@opentelemetry/sdk-trace-node'), import('@opentelemetry/exporter-trace-otlp-http')]);
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }))] });
  provider.register();
  return () => provider.shutdown();
}

/** Costs nothing while no provider is registered. */
export const tracer = (): Tracer => trace.getTracer('switchyard');
