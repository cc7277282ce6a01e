/** Growing code asks at each frame. */
const RETRY_MS = 10_000;

let loading: Promise<unknown> | undefined;

/**
 * Brings what few answers need: wide tables and code that scroll and can be copied, tasks, sources. Their elements stand
 * in the page already and come to life when it is there; without it all but the marks of sources can be read as they are.
 */
export function loadReading(): void {
  loading ??= import('./index.ts').catch((error: unknown) => {
    console.error('A part of the chat could not be loaded.', error);
    setTimeout(() => (loading = undefined), RETRY_MS);
  });
}
