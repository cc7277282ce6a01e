export function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** Brings a sheet to where `element` stands, once. */
export function dress(element: Element, sheet: CSSStyleSheet): void {
  const { adoptedStyleSheets } = element.getRootNode() as ShadowRoot;
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
}
