import { CREAM, INK, SISAL, SISAL_DARK, STEEL, STEEL_DARK, WOOD, WOOD_DARK } from './palettes.ts';
import { box, dot, dots, line, oval, shadow, shape, solid, times, type Draw } from './pen.ts';

const boneShape = 'M62 104a19 19 0 1 0-22 20 19 19 0 1 0 22 12h76a19 19 0 1 0 22-12 19 19 0 1 0-22-20z';

const bone: Draw = (p) =>
  shadow(150, 100, 160) +
  `<g transform="rotate(-18 100 120)">${solid(boneShape, p.base)}${line('M66 112h62', p.light, 5, 'opacity=".7"')}</g>` +
  dot(150, 156, 4, p.deep) +
  dot(162, 160, 3, p.deep);

const chew: Draw = (p) =>
  shadow(150) +
  times(3, (i) => {
    const colour = [p.deep, p.base, p.light][i]!;
    return `<g transform="rotate(${-28 + i * 26} 100 150)">${box(88, 46 + i * 4, 24, 112, 11, colour)}${line(
      times(7, (n) => `M92 ${62 + i * 4 + n * 13}l16 6`),
      '#fff',
      2.5,
      'opacity=".4"',
    )}</g>`;
  }) +
  shape('M60 166q8 -16 20 -6t20 2 20 -4 20 8z', '#8fae6a');

const ball: Draw = (p) =>
  shadow(104) +
  dot(100, 114, 52, p.base) +
  `<circle cx="100" cy="114" r="52" fill="url(#l)"/>` +
  line('M52 96Q100 126 148 94', p.light, 8) +
  line('M58 142Q100 112 143 142', p.deep, 5) +
  oval(80, 84, 14, 8, '#fff', 'opacity=".45" transform="rotate(-30 80 84)"');

const rope: Draw = (p) => {
  const knot = (x: number, y: number, colour: string) =>
    `${dot(x, y, 17, colour)}<circle cx="${x}" cy="${y}" r="17" fill="url(#l)"/>${line(`M${x - 10} ${y - 6}q10 -6 20 2M${x - 12} ${y + 4}q12 -6 23 2`, '#fff', 2.5, 'opacity=".5"')}`;
  return (
    shadow(150) +
    line('M46 138Q78 84 100 116T156 84', CREAM, 17) +
    line('M46 138Q78 84 100 116T156 84', p.base, 17, 'stroke-dasharray="9 11"') +
    times(5, (i) =>
      line(
        `M42 142l${-14 + i * 5} ${16 + (i % 2) * 4}M158 80l${-4 + i * 5} ${-18 + (i % 2) * 3}`,
        i % 2 ? p.light : p.deep,
        4,
      ),
    ) +
    knot(47, 137, p.deep) +
    knot(100, 114, p.accent) +
    knot(154, 85, p.deep)
  );
};

const stuffer: Draw = (p) =>
  shadow(100) +
  dot(100, 134, 34, p.base) +
  dot(100, 98, 27, p.base) +
  dot(100, 68, 20, p.base) +
  '<g fill="url(#l)"><circle cx="100" cy="134" r="34"/><circle cx="100" cy="98" r="27"/><circle cx="100" cy="68" r="20"/></g>' +
  line('M72 116Q100 126 128 116M78 82Q100 90 122 82', p.deep, 4) +
  oval(100, 52, 11, 5, p.deep) +
  oval(98, 49, 6, 5, '#f3e3c4') +
  dot(106, 49, 4, '#b98a4a') +
  oval(84, 126, 5, 10, '#fff', 'opacity=".35"');

const duck: Draw = (p) =>
  shadow(124) +
  solid(
    'M44 120Q38 96 62 104Q84 110 92 88Q82 52 116 48Q148 50 144 84Q142 96 138 104Q166 130 138 156Q100 172 64 156Q46 146 44 120Z',
    p.base,
  ) +
  shape('M84 122Q112 104 126 128Q118 150 92 146Q80 138 84 122Z', p.deep) +
  solid('M142 74Q166 72 168 84Q160 94 142 92Z', p.accent) +
  dot(124, 72, 5, INK) +
  dot(126, 70, 1.6, '#fff') +
  line('M94 130q10 8 22 2', p.light, 2, 'stroke-dasharray="3 4"') +
  oval(132, 88, 6, 4, p.light, 'opacity=".8"') +
  shape('M88 162l8 8h-16zM112 162l8 8h-16z', p.accent);

const snuffle: Draw = (p) =>
  shadow(170, 100, 162) +
  solid('M30 122L56 84H144L170 122Q176 160 158 162H42Q24 160 30 122Z', p.deep) +
  [p.base, p.light, p.accent, '#8fae6a']
    .map((colour, shade) =>
      line(
        times(14, (n) => {
          const i = n * 4 + shade;
          const row = Math.floor(i / 14);
          return `M${44 - row * 4 + (i % 14) * (8.6 + row * 0.6)} ${100 + row * 17}q${(i % 3) * 3 - 3}-12 ${(i % 5) * 3 - 6}-19`;
        }).replace(/(\.\d)\d+/g, '$1'),
        colour,
        6,
      ),
    )
    .join('') +
  dots(
    [
      [62, 128],
      [84, 144],
      [104, 122],
      [126, 146],
      [144, 126],
    ],
    4,
    '#8a5a33',
  );

const mouse: Draw = (p) =>
  shadow(150) +
  line('M148 142q28 4 22 -22', p.accent, 4) +
  solid('M44 150Q60 104 108 106Q152 110 152 150Q152 162 140 162H60Q46 162 44 150Z', p.base) +
  dot(80, 112, 15, p.deep) +
  dot(80, 112, 9, p.accent) +
  dot(64, 138, 4, INK) +
  dot(45, 150, 5, p.accent) +
  line('M58 150l-18 6M58 154l-14 10', p.deep, 1.5) +
  line('M112 118q16 12 14 38', '#fff', 2, 'opacity=".6" stroke-dasharray="4 5"') +
  line('M60 170q-22 2 -24 -12', p.light, 3) +
  solid('M54 174Q62 148 88 150Q108 152 108 174Z', p.light) +
  dot(88, 152, 7, p.base) +
  dot(88, 152, 4, p.accent) +
  dot(98, 164, 2.5, INK) +
  dot(108, 172, 3, p.accent);

const wand: Draw = (p) =>
  shadow(120, 84) +
  line('M44 164L140 58', WOOD, 7) +
  line('M44 164L66 140', p.base, 10) +
  line('M140 58q24 -4 20 28', INK, 1.8) +
  ['rotate(-26 160 90)', 'rotate(0 160 90)', 'rotate(26 160 90)']
    .map(
      (turn, i) =>
        `<g transform="${turn}">${solid('M160 88q-16 26 0 58 16 -32 0 -58z', [p.base, p.accent, p.light][i]!)}${line('M160 94v46', '#fff', 1.5, 'opacity=".6"')}</g>`,
    )
    .join('') +
  dot(160, 90, 8, '#e9b44c') +
  line('M157 93h6', INK, 1.5);

const tunnel: Draw = (p) =>
  shadow(168) +
  solid('M52 84H150Q172 124 150 164H52Z', p.base) +
  times(4, (i) => line(`M${76 + i * 22} 84q20 40 0 80`, p.deep, 3)) +
  oval(52, 124, 24, 40, p.deep) +
  oval(52, 124, 18, 33, INK, 'opacity=".55"') +
  `<ellipse cx="52" cy="124" rx="24" ry="40" fill="none" stroke="${p.light}" stroke-width="4"/>` +
  line('M52 91v16', CREAM, 2) +
  dot(52, 113, 8, p.accent) +
  oval(112, 88, 18, 9, p.deep) +
  oval(112, 88, 12, 5, INK, 'opacity=".5"');

const willow: Draw = (p) =>
  shadow(150) +
  [
    [68, 136, 30],
    [126, 138, 28],
    [98, 92, 30],
  ]
    .map(
      ([x, y, r]) =>
        dot(x!, y!, r!, p.base) +
        `<circle cx="${x}" cy="${y}" r="${r}" fill="url(#l)"/>` +
        times(
          5,
          (i) =>
            `<ellipse cx="${x}" cy="${y}" rx="${r! - 1}" ry="${r! / 2.6}" fill="none" stroke="${i % 2 ? p.deep : p.light}" stroke-width="3" transform="rotate(${i * 36} ${x} ${y})"/>`,
        ),
    )
    .join('');

const wheel: Draw = (p) =>
  shadow(120) +
  solid('M60 166L96 112H104L140 166H126L100 128L74 166Z', p.deep) +
  dot(100, 104, 58, p.light) +
  `<circle cx="100" cy="104" r="58" fill="url(#l)"/><circle cx="100" cy="104" r="54" fill="none" stroke="${p.base}" stroke-width="8"/>` +
  `<circle cx="100" cy="104" r="48" fill="none" stroke="${p.deep}" stroke-width="7" stroke-linecap="butt" stroke-dasharray="2 10.57"/>` +
  times(
    3,
    (i) => `<path d="M100 104V56" stroke="#fff" stroke-width="7" opacity=".7" transform="rotate(${i * 120} 100 104)"/>`,
  ) +
  dot(100, 104, 12, p.accent) +
  dot(100, 104, 5, CREAM);

const swing: Draw = (p) =>
  line('M100 22V44', STEEL_DARK, 4) +
  line('M100 22q-10 0 -10 8', STEEL_DARK, 4) +
  line('M56 140Q52 48 100 44Q148 48 144 140', STEEL, 5) +
  box(42, 136, 116, 13, 6, WOOD) +
  times(4, (i) => dot(61 + i * 2.2, 120 - i * 17, 8.5, [p.base, p.accent, '#7fb0a0', p.light][i]!)) +
  times(4, (i) => dot(139 - i * 2.2, 120 - i * 17, 8.5, [p.accent, p.base, p.light, '#7fb0a0'][i]!)) +
  line('M100 44V76', STEEL_DARK, 2) +
  solid('M86 96Q88 76 100 74Q112 76 114 96L118 100H82Z', '#e9b44c') +
  dot(100, 104, 5, WOOD_DARK) +
  shadow(90, 100, 172);

const millet: Draw = (p) =>
  shadow(130) +
  times(5, (i) => {
    const turn = (i - 2) * 15;
    return `<g transform="rotate(${turn} 100 165)">${line('M100 162V120', '#9aa35a', 3)}${oval(100, 86, 11, 44, '#c79443')}${[
      0, 1,
    ]
      .map((shade) =>
        dots(
          Array.from({ length: 7 }, (_, n) => [92 + ((2 * n + shade) % 3) * 8, 50 + (2 * n + shade) * 5] as const),
          5,
          shade ? '#e2b45c' : '#d4a04b',
        ),
      )
      .join('')}</g>`;
  }) +
  line('M84 142q16 10 32 0', p.accent, 6) +
  line('M100 147l-10 14M100 147l12 12', p.accent, 4);

const perch: Draw = (p) =>
  [56, 100, 144]
    .map((y, i) => {
      const width = [13, 18, 10][i]!;
      return (
        line(`M52 ${y}Q90 ${y - 10} 116 ${y + 2}T164 ${y - 4}`, WOOD_DARK, width) +
        line(`M52 ${y - 2}Q90 ${y - 12} 116 ${y}T164 ${y - 6}`, WOOD, width - 5) +
        line(`M118 ${y}l8 ${-14 - width / 2}`, WOOD_DARK, width / 2) +
        box(38, y - 13, 12, 26, 4, STEEL) +
        dot(36, y, 7, p.base)
      );
    })
    .join('') + shadow(120, 104, 174);

const cuttle: Draw = (p) =>
  shadow(130) +
  [
    [76, -14, '#f3efe6'],
    [124, 12, '#fbf8f1'],
  ]
    .map(
      ([x, turn, fill]) =>
        `<g transform="rotate(${turn} ${x} 110)">${solid(`M${x} 44C${Number(x) + 34} 70 ${Number(x) + 30} 150 ${x} 164C${Number(x) - 30} 150 ${Number(x) - 34} 70 ${x} 44Z`, String(fill))}${line(`M${x} 60V150M${Number(x) - 10} 74q-6 34 0 66M${Number(x) + 10} 74q6 34 0 66`, '#dcd3c2', 2)}${box(Number(x) - 24, 96, 48, 11, 4, p.base)}</g>`,
    )
    .join('');

const sisalLines = (x: number, y: number, width: number, height: number) =>
  line(
    times(Math.floor(height / 6), (i) => `M${x} ${y + 4 + i * 6}l${width}-3`),
    SISAL_DARK,
    1.6,
  );

const post: Draw = (p) =>
  shadow(130) +
  box(80, 54, 40, 104, 4, SISAL) +
  sisalLines(80, 56, 40, 98) +
  solid('M72 44Q100 30 128 44V56H72Z', p.deep) +
  solid('M42 154H158Q164 156 164 162V168H36V162Q36 156 42 154Z', p.deep) +
  line('M126 52q22 6 18 34', INK, 1.8) +
  dot(144, 94, 9, p.accent);

const tree: Draw = (p) =>
  shadow(150) +
  box(56, 60, 15, 98, 3, SISAL) +
  sisalLines(56, 62, 15, 94) +
  box(126, 92, 15, 66, 3, SISAL) +
  sisalLines(126, 94, 15, 60) +
  box(36, 46, 64, 13, 6, p.base) +
  shape('M40 46Q68 30 96 46Z', p.light) +
  box(104, 82, 60, 12, 6, p.base) +
  solid('M82 106H122Q128 132 122 158H82Z', p.base) +
  oval(102, 136, 14, 17, INK, 'opacity=".6"') +
  line('M71 96q26 26 55 4', p.light, 8) +
  box(32, 156, 136, 13, 5, p.deep) +
  line('M154 94v16', INK, 1.6) +
  dot(154, 117, 7, p.accent);

export const toys = {
  bone,
  chew,
  ball,
  rope,
  stuffer,
  duck,
  snuffle,
  mouse,
  wand,
  tunnel,
  willow,
  wheel,
  swing,
  millet,
  perch,
  cuttle,
  post,
  tree,
};
