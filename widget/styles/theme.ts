/** What a shop's settings say of its looks, as rules: a `style` attribute would fall to a page's content policy. */
import type { ShopSettings, ThemeColours } from '../../proxy/protocol/index.ts';

const COLOURS = ['accent', 'surface', 'text', 'muted', 'border'] as const;
/** Private properties of tokens.ts and launcher.ts, and the CSS property whose values they take. */
const OTHERS = [
  ['radius', 'radius', 'border-radius'],
  ['font', 'font', 'font-family'],
  ['font_size', 'font-size', 'font-size'],
  ['launcher_size', 'size', 'width'],
] as const;

/** `own` is the page's accent, which goes before the shop's. What is no colour or length is left out. */
export function putTheme(sheet: CSSStyleSheet, shop: ShopSettings | null, own: string | null): void {
  const theme = shop?.theme;
  sheet.replaceSync(`:host{}${schemeRule(shop?.color_scheme)}`);
  // Each by itself: CSS takes `rgb(0 0 0` for a colour, too, and in a text it would go on into what follows.
  const { style } = sheet.cssRules[0] as CSSStyleRule;
  const put = (name: string, value: string | null | undefined, property: string): void => {
    if (value && CSS.supports(property, value)) style.setProperty(`--_shop-${name}`, value);
  };
  const dark: ThemeColours & { accent?: string } = theme?.dark ?? {};
  for (const name of COLOURS) {
    const isAccent = name === 'accent';
    let light = isAccent ? shop?.accent : theme?.[name];
    if (isAccent && light && dark.accent) light = `light-dark(${light},${dark.accent})`;
    put(name, light, 'color');
    if (!isAccent) put(`dark-${name}`, dark[name], 'color');
  }
  // A page says one accent for both.
  put('accent', own, 'color');
  for (const [key, name, property] of OTHERS) put(name, theme?.[key], property);
}

/** A rule for the shop's colour scheme, where the page doesn't choose one by attribute. */
function schemeRule(scheme: string | undefined): string {
  return scheme === 'light' || scheme === 'dark' ? `:host(:not([color-scheme])){color-scheme:${scheme}}` : '';
}
