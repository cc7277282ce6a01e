import type { Part } from '../fields.ts';

/** How the widget looks. */
export const looks: Part = {
  name: 'looks',
  title: 'Looks',
  groups: [
    {
      title: 'Colours',
      words: 'What you leave empty is ours, and goes together. Contrast is reckoned by WCAG 2.2.',
      fields: [
        { kind: 'colour', field: 'theme.accent', label: 'Accent: your brand’s colour' },
        { kind: 'colour', field: 'theme.surface', label: 'Ground' },
        { kind: 'colour', field: 'theme.text', label: 'Text' },
        { kind: 'colour', field: 'theme.muted', label: 'Quiet text' },
        { kind: 'colour', field: 'theme.border', label: 'Lines' },
        { kind: 'dark', field: 'theme.dark', label: 'Colours in the dark' },
        {
          kind: 'choice',
          field: 'theme.color_scheme',
          label: 'Light or dark',
          choices: [
            ['', 'As the page'],
            ['auto', 'As the shopper’s system'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ],
        },
      ],
    },
    {
      title: 'Shape and place',
      fields: [
        {
          kind: 'choice',
          field: 'theme.position',
          label: 'Corner',
          choices: [
            ['', 'As usual'],
            ['end', 'Right; left in Hebrew and Arabic'],
            ['start', 'Left; right in Hebrew and Arabic'],
          ],
        },
        {
          kind: 'choice',
          field: 'theme.layout',
          label: 'Layout',
          choices: [
            ['', 'As usual'],
            ['float', 'Over the page'],
            ['side', 'As high as the window, at its side'],
            ['inline', 'In the page, where the element stands'],
          ],
        },
        { kind: 'text', field: 'theme.radius', label: 'Corners', placeholder: '16px' },
        {
          kind: 'text',
          field: 'theme.font',
          label: 'Font',
          placeholder: '"Inter", sans-serif',
          hint: 'Left empty: the page’s own.',
        },
        { kind: 'text', field: 'theme.font_size', label: 'Size of text', placeholder: '15px' },
        { kind: 'text', field: 'theme.launcher_size', label: 'Size of the button', placeholder: '56px' },
        {
          kind: 'text',
          type: 'url',
          field: 'theme.logo_url',
          label: 'Address of your logo',
          placeholder: 'https://shop.example/logo.svg',
        },
      ],
    },
  ],
};
