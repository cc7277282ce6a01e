let loading: Promise<boolean> | undefined;

/** The pieces that few conversations need: comparisons, the letter to the shop, and what is about the cart. Resolves with whether they are there. */
export function loadLater(): Promise<boolean> {
  loading ??= import('./later-pieces.ts').then(
    () => true,
    (error: unknown) => {
      console.error('A part of the chat could not be loaded.', error);
      loading = undefined;
      return false;
    },
  );
  return loading;
}
