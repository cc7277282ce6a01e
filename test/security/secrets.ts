/** Secrets that a group has planted, and every form in which somebody could carry one out. */
export interface Planted {
  name: string;
  secret: string;
}

export function formsOf({ secret }: Planted): Map<string, string> {
  const half = Math.ceil(secret.length / 2);
  const reversed = [...secret].reverse().join('');
  const bytes = Buffer.from(secret);
  return new Map([
    ['as it is', secret],
    ['its first half', secret.slice(0, half)],
    ['its second half', secret.slice(half)],
    ['in capitals', secret.toUpperCase()],
    ['backwards', reversed],
    ['the first half backwards', reversed.slice(0, half)],
    ['in base64', bytes.toString('base64').replace(/=+$/, '')],
    ['in base64url', bytes.toString('base64url')],
    // Inside a longer text base64 begins at any of three places.
    ['in base64, one on', Buffer.from(`x${secret}`).toString('base64').slice(2, -4)],
    ['in base64, two on', Buffer.from(`xx${secret}`).toString('base64').slice(3, -4)],
    ['in hex', bytes.toString('hex')],
    ['in a URL', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
  ]);
}

/** Which forms of which secrets are in a text. */
export function found(text: string, planted: readonly Planted[]): string[] {
  return planted.flatMap((one) =>
    [...formsOf(one)].filter(([, form]) => text.includes(form)).map(([how]) => `${one.name}, ${how}`),
  );
}
