import { DocumentError } from './document-error.ts';
import type { DocumentForm, DocumentUpload } from './types.ts';

/** A file and what is said of it; more is an attempt to keep us busy. */
const MAX_PARTS = 10;
const MAX_URL = 2_000;

/**
 * The file in a form, as a browser sends it: `file`, and beside it `url` and `name` where they are given. Takes the whole of
 * it apart at once: not for the thread that streams.
 * @throws DocumentError in words for the owner
 */
export async function fileOfForm({ form, contentType, name, url }: DocumentForm): Promise<DocumentUpload> {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType)?.slice(1).find(Boolean);
  if (boundary === undefined) throw new DocumentError('The form has no boundary; send it as multipart/form-data.');
  const bytes = Buffer.from(form.buffer, form.byteOffset, form.byteLength);
  let parts = 0;
  for (let at = -1; (at = bytes.indexOf(`--${boundary}`, at + 1)) !== -1;) {
    if (++parts > MAX_PARTS + 1) throw new DocumentError(`The form has more than ${MAX_PARTS} parts.`);
  }
  const fields = await new Response(form, { headers: { 'content-type': contentType } }).formData().catch((cause) => {
    throw new DocumentError('The form is damaged, or broken off.', { cause });
  });
  const files = fields.getAll('file').filter((value) => typeof value !== 'string');
  const [file] = files;
  if (!file || files.length > 1) throw new DocumentError('Send one file in a form, in the field "file".');
  const said = (field: string) => {
    const value = fields.get(field);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  // Browsers of old send the whole path.
  const called = name ?? said('name') ?? file.name.split(/[/\\]/).at(-1)!;
  if (!/^[^\p{Cc}]{1,200}$/u.test(called)) throw new DocumentError('Say what the file is called, with its ending.');
  const address = url ?? said('url');
  if (address !== undefined && !isWeb(address)) {
    throw new DocumentError('"url" must be an http(s) URL, where shoppers can read the document.');
  }
  return {
    name: called,
    bytes: new Uint8Array(await file.arrayBuffer()),
    ...(file.type !== '' && { contentType: file.type }),
    ...(address !== undefined && { url: address }),
  };
}

function isWeb(url: string): boolean {
  return url.length <= MAX_URL && /^https?:$/.test(URL.parse(url)?.protocol ?? '');
}
