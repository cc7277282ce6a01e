export function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** Brings a sheet to where `element` stands, once; nowhere, if it has left while the sheet was on its way. */
export function dress(element: Node, sheet: CSSStyleSheet): void {
  const { adoptedStyleSheets: worn } = element.getRootNode() as ShadowRoot;
  if (element.isConnected && !worn.includes(sheet)) worn.push(sheet);
}
