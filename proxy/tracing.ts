/**
 * Spans for requests, turns, calls of models and tools, by OpenTelemetry's API alone: whoever runs the proxy brings the SDK
 * (docs/operations.md), and without one nothing is recorded. No attribute holds what anybody wrote, and no visitor.
 */
import { context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { TurnWatch } from './turn-watch.ts';

const NAME = 'shop-clerk';

export interface RequestTrace {
  /** Runs what answers inside the span. */
  run<T>(answer: () => Promise<T>): Promise<T>;
  end(route: string, status: number): void;
}

/** A span that begins here. What others say of their traces is not taken over: anybody could have every request recorded. */
export function traceRequest(method: string, requestId: string): RequestTrace {
  const span = trace.getTracer(NAME).startSpan(method, {
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': method, 'shopclerk.request': requestId },
  });
  return {
    run: async (answer) =>
      span.isRecording() ? context.with(trace.setSpan(context.active(), span), answer) : answer(),
    end(route, status) {
      if (!span.isRecording()) return;
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** A turn's span is a child of the request's that asked for it, and may outlast it. */
export function createTurnTraces(): TurnWatch {
  const open = new Map<string, Span>();

  function childOf(turnId: string) {
    const turn = open.get(turnId);
    return turn ? trace.setSpan(ROOT_CONTEXT, turn) : ROOT_CONTEXT;
  }

  return {
    began({ id, shop, threadId, attempts, locale }) {
      const attributes = {
        'shopclerk.shop': shop,
        'shopclerk.turn': id,
        'shopclerk.thread': threadId,
        'shopclerk.attempt': attempts,
        'shopclerk.locale': locale,
      };
      const span = trace.getTracer(NAME).startSpan('turn', { attributes });
      if (span.isRecording()) open.set(id, span);
    },
    ended({ id }, { finish, firstMs }) {
      const span = open.get(id);
      if (!span) return;
      open.delete(id);
      span.setAttribute('shopclerk.finish', finish);
      if (firstMs !== null) span.setAttribute('shopclerk.first_ms', firstMs);
      if (finish === 'error') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
    called({ shop, turnId, model, purpose, outcome, startedAt, endedAt, firstTokenMs, retries, usage, costMicroUsd }) {
      const span = trace
        .getTracer(NAME)
        .startSpan(`model ${purpose}`, { kind: SpanKind.CLIENT, startTime: startedAt }, childOf(turnId));
      if (!span.isRecording()) return;
      span.setAttributes({
        'shopclerk.shop': shop,
        'shopclerk.turn': turnId,
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': model,
        'gen_ai.usage.input_tokens': usage.inputTokens,
        'gen_ai.usage.output_tokens': usage.outputTokens,
        'shopclerk.outcome': outcome,
        'shopclerk.retries': retries,
        ...(firstTokenMs !== null && { 'shopclerk.first_token_ms': firstTokenMs }),
        ...(costMicroUsd !== null && { 'shopclerk.cost_micro_usd': costMicroUsd }),
      });
      if (outcome === 'error') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endedAt);
    },
    ran({ shop, turnId, name, known, failed, startedAt, endedAt }) {
      // A model may make a name up, and what it makes up may be what it was told.
      const tool = known ? name : 'unknown';
      const span = trace.getTracer(NAME).startSpan(`tool ${tool}`, { startTime: startedAt }, childOf(turnId));
      if (!span.isRecording()) return;
      span.setAttributes({
        'shopclerk.shop': shop,
        'shopclerk.turn': turnId,
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': tool,
      });
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endedAt);
    },
  };
}

/** All of them hear it. */
export function watchedBy(...watches: readonly TurnWatch[]): TurnWatch {
  return {
    began: (turn) => watches.forEach((watch) => watch.began(turn)),
    ended: (turn, end) => watches.forEach((watch) => watch.ended(turn, end)),
    called: (call) => watches.forEach((watch) => watch.called(call)),
    ran: (tool) => watches.forEach((watch) => watch.ran(tool)),
  };
}
