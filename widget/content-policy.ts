/**
 * Comes first in the panel, before Lit asks the page for its Trusted Types policy: says in the console what the page's content
 * policy has to allow, where it stands in our way.
 */
const { origin } = new URL(import.meta.url);

document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective, sample }) => {
  const needed = blockedURI.startsWith(origin) ? origin : sample === 'lit-html' && sample;
  if (needed) console.error(`Shop Clerk: add to the page's Content-Security-Policy: ${effectiveDirective} ${needed}`);
});
