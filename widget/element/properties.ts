import type { PropertyDeclaration, PropertyDeclarations } from 'lit';

/** An attribute with a few values; anything else means the first of them. */
function oneOf(...values: string[]): PropertyDeclaration {
  return {
    reflect: true,
    useDefault: true,
    converter: { fromAttribute: (value) => (values.includes(value ?? '') ? value : values[0]) },
  };
}

/** The element's properties, and the attributes that they have. */
export const properties: PropertyDeclarations = {
  shop: {},
  proxy: {},
  locale: {},
  heading: {},
  accent: {},
  opened: { type: Boolean, attribute: 'open', reflect: true },
  position: oneOf('end', 'start'),
  colorScheme: { ...oneOf('auto', 'light', 'dark'), attribute: 'color-scheme' },
  layout: oneOf('float', 'side', 'inline'),
  push: { type: Boolean },
  transport: oneOf('auto', 'stream', 'poll'),
  strings: { attribute: false },
  context: { attribute: false },
  chatState: { state: true },
};
