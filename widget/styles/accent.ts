/** A rule for the first of these colours that is one: a `style` attribute would fall to a page's content policy. */
export function accentRule(...colours: (string | null | undefined)[]): string {
  const accent = colours.find((colour) => colour && CSS.supports('color', colour));
  return accent ? `:host { --_shop-accent: ${accent}; }` : '';
}
