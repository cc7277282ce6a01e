/** What a catalogue source may do on the web. The one that is handed in checks every address (proxy/outbound). */
export type WebRequest = (url: string, options: WebRequestOptions) => Promise<WebAnswer>;

export interface WebRequestOptions {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** Longest body taken, in bytes, after decompression; reading on throws. */
  maxBytes?: number;
  timeoutMs?: number;
}

export interface WebAnswer {
  status: number;
  /** Lower-case names. */
  headers: Headers;
  /** Where redirects led to. */
  url: string;
  /** Decompressed. */
  body: AsyncIterable<Uint8Array>;
  text(): Promise<string>;
}
