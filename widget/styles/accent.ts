/** A rule for the first of these colours that is one: a `style` attribute would fall to a page's content policy. */
export function accentRule(...colours: (string | null | undefined)[]): string {
  const accent = colours.find((colour) => colour && CSS.supports('color', colour));
  return accent ? `:host { --_shop-accent: ${accent}; }` : '';
}

/** A rule for the shop's colour scheme, where the page doesn't choose one by attribute. */
export function schemeRule(scheme: string | undefined): string {
  return scheme === 'light' || scheme === 'dark' ? `:host(:not([color-scheme])) { color-scheme: ${scheme}; }` : '';
}
