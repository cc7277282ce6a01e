/** A collector of traces on loopback, and what hands them to it as OpenTelemetry's own exporter does: OTLP over HTTP, in JSON. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  attributes: { key: string; value: Record<string, string | number | boolean> }[];
}

interface OtlpTraces {
  resourceSpans: { scopeSpans: { scope: { name: string }; spans: OtlpSpan[] }[] }[];
}

export interface Collector {
  url: string;
  /** All that has come. */
  spans: OtlpSpan[];
  /** Requests that have come and that nobody has answered. */
  held: Set<ServerResponse>;
  stop(): Promise<void>;
}

/** @param answers whether what comes is taken; else it is left without an answer */
export async function startCollector({ answers = true } = {}): Promise<Collector> {
  const spans: OtlpSpan[] = [];
  const held = new Set<ServerResponse>();
  const server = createServer((request, response) => void take(request, response));

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== '/v1/traces') {
      response.writeHead(404).end();
      return;
    }
    const { resourceSpans } = (await json(request)) as OtlpTraces;
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    if (answers) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    else held.add(response);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    spans,
    held,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @param signal lets a collector go that doesn't answer */
export function otlpExporter(url: string, signal: AbortSignal): SpanExporter {
  return {
    export(spans, done) {
      void handOn();

      async function handOn(): Promise<void> {
        try {
          await hand(url, spans, signal);
        } catch (cause) {
          done({ code: 1, error: new Error(`No collector at ${url}.`, { cause }) });
          return;
        }
        done({ code: 0 });
      }
    },
    shutdown: async () => undefined,
  };
}

async function hand(url: string, spans: readonly ReadableSpan[], signal: AbortSignal): Promise<void> {
  const traces: OtlpTraces = {
    resourceSpans: spans.map((span) => ({
      scopeSpans: [{ scope: { name: span.instrumentationScope.name }, spans: [toOtlp(span)] }],
    })),
  };
  const headers = { 'content-type': 'application/json' };
  const { ok, status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(traces), signal });
  if (!ok) throw new Error(`The collector answered ${status}.`);
}

function toOtlp(span: ReadableSpan): OtlpSpan {
  const { name, attributes, parentSpanContext } = span;
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    parentSpanId: parentSpanContext?.spanId ?? '',
    name,
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: String(value) },
    })),
  };
}
