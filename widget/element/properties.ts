import type { PropertyDeclaration, PropertyDeclarations } from 'lit';
import { spoken } from '../i18n/locale.ts';
import { trouble } from '../transport/load.ts';

/** Tells who wrote it that there is no such value; without `values`, no such language. */
function tell(value: string, values?: readonly string[]): void {
  void trouble.bring().then((pieces) => pieces?.unknownValue(value, values));
}

/** An attribute with a few values; anything else means the first of them. */
function oneOf(...values: string[]): PropertyDeclaration {
  return {
    reflect: true,
    useDefault: true,
    converter: {
      fromAttribute(value) {
        if (values.includes(value ?? '')) return value;
        if (value) tell(value, values);
        return values[0];
      },
    },
  };
}

/** The element's properties, and the attributes that they have. */
export const properties: PropertyDeclarations = {
  shop: {},
  proxy: {},
  locale: {
    converter: {
      fromAttribute(value) {
        if (value && !spoken(value)) tell(value);
        return value;
      },
    },
  },
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
