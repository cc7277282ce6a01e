import { CREAM, INK, STEEL, STEEL_DARK, WOOD, WOOD_DARK } from './palettes.ts';
import { box, dot, line, oval, shadow, shape, solid, times, type Draw } from './pen.ts';

const WATER = '#a9d6e5';

const bolster: Draw = (p) =>
  shadow(172, 100, 164) +
  solid('M28 122Q24 92 48 90H152Q176 92 172 122V150Q172 162 160 162H40Q28 162 28 150Z', p.base) +
  solid('M46 122Q46 106 62 106H138Q154 106 154 122V138H46Z', CREAM) +
  solid('M34 134H166Q172 134 172 142V150Q172 162 160 162H40Q28 162 28 150V142Q28 134 34 134Z', p.deep) +
  times(3, (i) => line(`M${72 + i * 28} 114q4 8 0 16`, '#e8ddcb', 2.5)) +
  box(140, 146, 18, 9, 2, p.accent);

const donut: Draw = (p) =>
  shadow(168, 100, 160) +
  oval(100, 124, 76, 42, p.base) +
  oval(100, 124, 76, 42, 'url(#l)') +
  times(30, (i) => {
    const angle = (i * 12 * Math.PI) / 180;
    const [x, y] = [100 + Math.cos(angle) * 63, 122 + Math.sin(angle) * 32];
    return `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="11" fill="${i % 2 ? p.light : p.base}" opacity=".7"/>`;
  }) +
  oval(100, 120, 46, 22, p.deep) +
  oval(100, 124, 44, 19, p.light) +
  line('M78 122q22 12 44 0', '#fff', 3, 'opacity=".5"');

const mat: Draw = (p) =>
  shadow(170, 100, 160) +
  solid('M52 84H148Q154 84 157 90L178 148Q180 158 168 158H32Q20 158 22 148L43 90Q46 84 52 84Z', p.base) +
  shape('M57 91H143L166 150H34Z', p.light) +
  times(4, (i) => line(`M${54 - i * 6} ${104 + i * 13}H${146 + i * 6}`, p.base, 2, 'stroke-dasharray="10 7"')) +
  times(
    3,
    (i) =>
      `<path d="M100 112v18" stroke="#fff" stroke-width="4" stroke-linecap="round" transform="rotate(${i * 60} 100 121)"/>`,
  );

const cave: Draw = (p) =>
  shadow(150) +
  solid('M30 132Q30 66 100 62Q170 66 170 132Q170 166 142 166H58Q30 166 30 132Z', p.base) +
  oval(100, 126, 42, 32, p.deep) +
  oval(100, 130, 36, 25, INK, 'opacity=".5"') +
  shape('M66 142Q100 124 134 142Q126 158 100 158T66 142Z', p.light) +
  line('M46 104Q100 64 154 104', '#fff', 2.5, 'opacity=".4" stroke-dasharray="6 6"') +
  dot(90, 122, 4, '#f5d76e') +
  dot(110, 122, 4, '#f5d76e') +
  dot(90, 122, 1.6, INK) +
  dot(110, 122, 1.6, INK);

const litterbox: Draw = (p) =>
  shadow(156) +
  solid('M38 104Q40 52 100 50Q160 52 162 104Z', p.light) +
  solid('M34 104H166L158 156Q157 166 146 166H54Q43 166 42 156Z', p.base) +
  line('M34 106H166', p.deep, 5) +
  solid('M72 78Q100 64 128 78V128H72Z', p.deep) +
  shape('M78 82Q100 70 122 82V124H78Z', '#dfe6ea', 'opacity=".8"') +
  line('M84 50q16 -16 32 0', p.deep, 6) +
  line('M174 112V146', p.accent, 5) +
  box(166, 144, 16, 20, 4, p.accent);

const fountain: Draw = (p) =>
  shadow(140) +
  solid('M46 108H154L148 154Q146 166 134 166H66Q54 166 52 154Z', CREAM) +
  solid('M38 96H162Q166 104 158 112H42Q34 104 38 96Z', p.light) +
  oval(100, 97, 58, 11, WATER) +
  solid('M88 96Q86 76 100 74T112 96Z', '#fff') +
  line('M100 76q-22 -16 -26 18M100 76q22 -16 26 18M100 76v18', WATER, 5) +
  dot(100, 74, 7, p.base) +
  line('M70 134h60', p.base, 4, 'opacity=".35"') +
  dot(100, 146, 4, p.accent);

const bowl: Draw = (p) =>
  shadow(140) +
  solid('M46 112H154L166 156Q166 166 154 166H46Q34 166 34 156Z', STEEL) +
  shape('M36 150H164L166 157Q166 167 154 167H46Q34 167 34 157Z', p.base) +
  oval(100, 112, 54, 15, '#e6eaed') +
  oval(100, 114, 46, 11, STEEL_DARK) +
  times(11, (i) => dot(66 + i * 7, 111 - [0, 4, 7, 9, 10, 11, 10, 9, 7, 4, 0][i]!, 6, i % 2 ? '#a87545' : '#8f6137')) +
  times(7, (i) => dot(78 + i * 7, 110 - [0, 3, 5, 6, 5, 3, 0][i]!, 6, i % 2 ? '#946238' : '#b98450'));

const house: Draw = (p) =>
  shadow(150) +
  solid('M42 92H158V166H42Z', WOOD) +
  times(4, (i) => line(`M42 ${108 + i * 15}H158`, WOOD_DARK, 1.5, 'opacity=".6"')) +
  solid('M28 94L50 66H150L172 94Z', p.base) +
  shape('M60 166V138Q60 118 76 118T92 138V166Z', INK, 'opacity=".75"') +
  dot(126, 132, 16, INK) +
  oval(126, 134, 14, 14, '#5d534a') +
  oval(126, 142, 10, 8, '#e8c79a') +
  dot(122, 139, 1.8, INK) +
  dot(130, 139, 1.8, INK);

const bars = (x: number, y: number, width: number, height: number, gap: number) =>
  line(
    times(Math.floor(width / gap) + 1, (i) => `M${x + i * gap} ${y}v${height}`),
    STEEL_DARK,
    1.6,
  );

const hutch: Draw = (p) =>
  shadow(164) +
  box(34, 46, 132, 116, 6, '#f1efe9') +
  shape('M38 98H128V104H38Z', WOOD) +
  line('M126 102L150 148', WOOD_DARK, 6) +
  shape('M46 98q14 -20 30 0z', '#b9c276') +
  oval(96, 90, 14, 9, '#e8d8c4') +
  dot(106, 84, 7, '#e8d8c4') +
  dot(109, 83, 1.5, INK) +
  bars(38, 48, 124, 100, 9) +
  solid('M30 146H170V158Q170 168 160 168H40Q30 168 30 158Z', p.base) +
  box(30, 38, 140, 12, 5, p.deep) +
  `<rect x="62" y="112" width="34" height="32" rx="3" fill="none" stroke="${p.deep}" stroke-width="4"/>`;

const dripper: Draw = (p) =>
  bars(24, 20, 152, 156, 19) +
  box(74, 34, 52, 92, 14, '#e4f1f7') +
  shape('M76 66H124V112Q124 124 112 124H88Q76 124 76 112Z', WATER) +
  line('M86 46v62', '#fff', 5, 'opacity=".8"') +
  box(72, 120, 56, 18, 6, p.base) +
  line('M100 138v14l-14 14', STEEL, 9) +
  dot(85, 167, 5, STEEL_DARK) +
  line('M62 80H138', STEEL_DARK, 3) +
  box(84, 26, 32, 12, 5, p.deep);

const cage: Draw = (p) =>
  shadow(140) +
  shape('M46 150V84Q46 36 100 34Q154 36 154 84V150Z', '#fff', 'opacity=".6"') +
  line('M52 112H148', WOOD, 6) +
  solid('M88 106Q84 82 102 80Q116 80 114 96Q112 108 100 110L92 124Z', '#7fb069') +
  dot(106, 88, 2, INK) +
  shape('M114 90l8 4 -8 4z', p.accent) +
  shape('M92 80q10 -12 22 4z', '#f2d45c') +
  line(
    times(9, (i) => `M${52 + i * 12} 150V${[66, 50, 42, 38, 36, 38, 42, 50, 66][i]}`),
    p.base,
    2,
  ) +
  line('M46 150V84Q46 36 100 34Q154 36 154 84V150', p.deep, 4) +
  line('M46 92H154', p.deep, 3) +
  `<circle cx="100" cy="26" r="7" fill="none" stroke="${p.deep}" stroke-width="4"/>` +
  solid('M38 146H162L158 162Q157 168 150 168H50Q43 168 42 162Z', p.base);

const aquarium: Draw = (p) =>
  shadow(166) +
  box(32, 62, 136, 100, 6, '#eaf6fa') +
  shape('M36 78H164V158H36Z', WATER) +
  shape('M36 146Q68 136 100 146T164 142V158H36Z', '#e3cfa4') +
  line('M56 150q-10 -22 2 -44M64 150q8 -16 0 -32', '#6d9a5b', 5) +
  line('M146 148q10 -20 0 -46M138 150q-8 -14 -2 -26', '#86b06e', 5) +
  `<g transform="translate(96 108)">${shape('M-18 0C-8-12 8-10 14 0l10-7v14l-10-7C8 10-8 12-18 0z', p.accent)}${dot(-8, -2, 2, INK)}</g>` +
  `<g transform="translate(118 132) scale(-.7 .7)">${shape('M-18 0C-8-12 8-10 14 0l10-7v14l-10-7C8 10-8 12-18 0z', '#e8745c')}${dot(-8, -2, 2, INK)}</g>` +
  dot(76, 96, 3, '#fff') +
  dot(82, 86, 2, '#fff') +
  box(28, 48, 144, 18, 6, p.base) +
  line('M42 57h40', p.light, 4) +
  line('M42 76v70', '#fff', 4, 'opacity=".6"');

const filter: Draw = (p) =>
  shadow(96) +
  box(68, 70, 64, 96, 12, p.base) +
  line(
    times(6, (i) => `M80 ${100 + i * 10}h40`),
    p.deep,
    4,
  ) +
  box(74, 40, 52, 36, 10, p.deep) +
  solid('M124 50H150Q156 50 156 58V66H124Z', STEEL) +
  line('M160 62q14 0 14 10M160 56q20 -2 22 12', '#8ec5d8', 3) +
  oval(60, 90, 8, 10, INK, 'opacity=".7"') +
  oval(60, 136, 8, 10, INK, 'opacity=".7"') +
  dot(100, 56, 6, p.accent);

const heater: Draw = (p) =>
  shadow(80) +
  `<g transform="rotate(12 100 110)">${box(84, 60, 32, 106, 14, '#e4f1f7')}${line('M92 84V150M108 84V150', STEEL_DARK, 2)}${line(
    times(9, (i) => `M92 ${90 + i * 7}l16 4`),
    p.base,
    3,
  )}` +
  `${box(80, 34, 40, 34, 8, INK)}${dot(100, 50, 9, p.base)}${line('M100 50l4 -6', '#fff', 2.5)}${line('M100 34q0 -18 26 -18', INK, 4)}</g>` +
  dot(56, 96, 4, '#a9d6e5') +
  dot(64, 76, 3, '#a9d6e5') +
  dot(52, 72, 2.5, '#a9d6e5');

const plants: Draw = (p) => {
  const plant = (x: number, height: number, colour: string, other: string) =>
    times(5, (i) => {
      const lean = (i - 2) * 12;
      const at = (share: number, aside: number) =>
        `${Math.round(x + lean * share + aside)} ${Math.round(160 - height * share)}`;
      return solid(
        `M${x - 3} 160Q${at(0.6, -9)} ${at(1 - Math.abs(i - 2) / 12, 0)}Q${at(0.5, 9)} ${x + 4} 160Z`,
        i % 2 ? colour : other,
      );
    }) + solid(`M${x - 14} 158H${x + 18}L${x + 13} 168H${x - 9}Z`, '#b9a48c');
  return (
    shadow(160) +
    plant(58, 62, p.base, p.deep) +
    plant(102, 116, p.deep, '#8fae6a') +
    plant(144, 86, p.accent, '#c97b8a')
  );
};

const castle: Draw = (p) =>
  shadow(126) +
  solid('M62 166V78H58V56H70V64H80V56H94V64H104V56H116V78H112V166Z', p.base) +
  solid('M112 166V108H106V92H116V98H126V92H136V98H146V108H142V166Z', p.deep) +
  shape('M74 166V136Q74 120 87 120T100 136V166Z', INK, 'opacity=".65"') +
  shape('M121 130q6 -10 12 0v14h-12z', INK, 'opacity=".55"') +
  shape('M82 86q5 -9 10 0v12h-10z', INK, 'opacity=".5"') +
  line(
    times(6, (i) => `M${66 + (i % 2) * 30} ${104 + i * 9}h10`),
    p.light,
    3,
    'opacity=".7"',
  ) +
  line('M52 166q-8 -24 2 -44', '#6d9a5b', 5) +
  line('M150 166q10 -16 2 -34', '#86b06e', 5) +
  `<g transform="translate(148 66) scale(.7)">${shape('M-18 0C-8-12 8-10 14 0l10-7v14l-10-7C8 10-8 12-18 0z', p.accent)}${dot(-8, -2, 2, INK)}</g>`;

export const homes = {
  bolster,
  donut,
  mat,
  cave,
  litterbox,
  fountain,
  bowl,
  house,
  hutch,
  dripper,
  cage,
  aquarium,
  filter,
  heater,
  plants,
  castle,
};
