import type { PropertyDeclaration, PropertyDeclarations } from 'lit';
import { loadLater } from '../components/later.ts';

/** An attribute with a few values; anything else means the first of them, and who wrote it is told. */
function oneOf(...values: string[]): PropertyDeclaration {
  return {
    reflect: true,
    useDefault: true,
    converter: {
      fromAttribute(value) {
        if (values.includes(value ?? '')) return value;
        if (value) void loadLater().then((pieces) => pieces?.unknownValue(value, values));
        return values[0];
      },
    },
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
