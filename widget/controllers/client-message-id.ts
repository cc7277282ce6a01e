/** Makes a message known to the proxy, so that sending it twice makes one turn: 128 random bits. */
export function createClientMessageId(): string {
  // `crypto.randomUUID` doesn't exist on a shop's page without https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `cmsg_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
