/**
 * The charts ask `Intl` for the browser's language as soon as they are loaded, and a browser on a machine without a locale
 * gives one that `Intl` doesn't take ("en-US@posix"): the desk is in English, so it gets that.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}
