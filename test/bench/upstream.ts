/**
 * A model that says `TOKENS` words at `RATE` a second, each with the time at which it left, in the events of the
 * Responses API. A process of its own: prints its port.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { stamp } from './stamp.ts';

const rate = Number(process.env['RATE'] ?? 20);
const tokens = Number(process.env['TOKENS'] ?? 100);

const server = http.createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const id = { response: { id: 'resp_bench', model: 'bench', status: 'in_progress', output: [] } };
    response.write(event('response.created', id));
    // The first token comes at once, so that what is measured to it is the way and not the model.
    let sent = 0;
    const say = () => {
      response.write(
        event('response.output_text.delta', {
          item_id: 'msg_bench',
          output_index: 0,
          content_index: 0,
          delta: `${stamp()} `,
          sequence_number: ++sent,
        }),
      );
      if (sent < tokens) return;
      clearInterval(timer);
      const usage = { input_tokens: 100, output_tokens: tokens, total_tokens: 100 + tokens };
      const item = { id: 'msg_bench', type: 'message', role: 'assistant', status: 'completed', content: [] };
      response.write(event('response.output_item.done', { output_index: 0, item }));
      response.end(
        event('response.completed', { response: { ...id.response, status: 'completed', output: [item], usage } }),
      );
    };
    // Streams that start together must not tick together, or every figure would measure the burst.
    let timer: NodeJS.Timeout;
    say();
    const start = setTimeout(
      () => {
        say();
        timer = setInterval(say, 1000 / rate);
      },
      Math.random() * (1000 / rate),
    );
    timer = start;
    response.on('close', () => {
      clearTimeout(start);
      clearInterval(timer);
    });
  });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));

function event(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
