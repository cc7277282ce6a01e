import { DeskError, refusal, type Api, type Query } from './api.ts';

interface UploadOptions {
  method: 'POST' | 'PUT';
  query: Query;
  /** @param share 0 to 1 of the bytes */
  progress: (share: number) => void;
  signal: AbortSignal;
}

/**
 * Sends a file as it is. Not by `fetch`, which tells of no progress.
 * @returns the answer's JSON
 * @throws DeskError, also for a file that came whole and can't be read: then `body` is the answer
 */
export async function upload<T>(api: Api, path: string, file: File, options: UploadOptions): Promise<T> {
  const { csrf } = api;
  try {
    return await send<T>(api, path, file, options);
  } catch (error) {
    if (!(error instanceof DeskError) || !(await api.mayRepeat(error, csrf))) throw error;
    return send<T>(api, path, file, options);
  }
}

function send<T>(api: Api, path: string, file: File, options: UploadOptions): Promise<T> {
  const { method, query, progress, signal } = options;
  const request = new XMLHttpRequest();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const failed = () =>
    reject(
      new DeskError('The file did not arrive. Look at your connection, then try again.', {
        code: 'no_answer',
        status: 0,
      }),
    );
  request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
    if (lengthComputable && total > 0) progress(loaded / total);
  };
  request.onerror = request.ontimeout = failed;
  request.onload = () => {
    const { status, responseText } = request;
    if (status >= 200 && status < 300) resolve(JSON.parse(responseText) as T);
    else reject(refusal(status, responseText));
  };
  request.onabort = () => reject(signal.reason as Error);
  request.open(method, api.url(path, query));
  // Twenty megabytes over a slow line.
  request.timeout = 10 * 60_000;
  if (file.type) request.setRequestHeader('Content-Type', file.type);
  if (api.csrf !== null) request.setRequestHeader('X-CSRF-Token', api.csrf);
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.send(file);
  return promise;
}
