import http from 'node:http';

export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A request by hand: fetch does not let a page choose its Origin, its Host or its address. */
export function request(url: string, options: http.RequestOptions = {}, body?: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { agent: false, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}
