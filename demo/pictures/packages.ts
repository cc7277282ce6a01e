import { drawEmblem } from './emblems.ts';
import { CREAM, INK, STEEL, STEEL_DARK } from './palettes.ts';
import { box, dot, line, oval, shadow, shape, solid, times, type Draw } from './pen.ts';

const kibble = (colour: string) =>
  [
    [46, 165],
    [56, 169],
    [150, 166],
    [161, 169],
    [141, 171],
  ]
    .map(([x, y]) => oval(x!, y!, 5, 4, colour))
    .join('');

const bag: Draw = (p, emblem) =>
  shadow(130) +
  solid('M60 48Q100 43 140 48L149 158Q100 173 51 158Z', p.base) +
  shape('M53 132Q100 146 147 132L149 158Q100 173 51 158Z', p.deep) +
  box(57, 36, 86, 14, 3, p.deep) +
  line('M62 43h76', p.light, 1.5, 'stroke-dasharray="2 5"') +
  dot(100, 92, 31, CREAM) +
  `<circle cx="100" cy="92" r="27" fill="none" stroke="${p.light}" stroke-width="2"/>` +
  drawEmblem(emblem, 100, 92, 0.95, p.deep) +
  line('M78 150h44M86 157h28', CREAM, 3, 'opacity=".75"') +
  kibble('#a87545');

const seedbag: Draw = (p, emblem) =>
  shadow(124) +
  solid('M62 62Q100 56 138 62L146 158Q100 172 54 158Z', p.light) +
  solid('M74 44Q100 52 126 44Q120 56 138 64Q100 72 62 64Q80 56 74 44Z', p.base) +
  line('M74 57Q100 64 126 57', p.deep, 4) +
  shape('M70 92Q100 84 130 92L133 138Q100 148 67 138Z', CREAM) +
  drawEmblem(emblem, 100, 115, 1, p.base) +
  times(9, (i) => oval(42 + i * 14, 168 + (i % 3) * 2, 3.5, 2.5, i % 2 ? '#d9b25f' : '#b98a4a'));

const litterbag: Draw = (p, emblem) =>
  shadow(134) +
  solid('M52 56Q100 50 148 56L152 156Q100 170 48 156Z', CREAM) +
  solid('M52 56Q100 50 148 56L149 84Q100 92 51 84Z', p.base) +
  shape('M49 130Q100 142 151 130L152 156Q100 170 48 156Z', p.light) +
  line('M80 54Q82 34 100 34T120 54', p.deep, 6) +
  drawEmblem(emblem, 100, 110, 1, p.base) +
  line('M84 70h32', CREAM, 4) +
  shape('M30 170Q46 154 64 170Z', '#d8d3ca') +
  times(6, (i) => dot(36 + i * 4.5, 167 - (i % 3) * 3, 1.5, '#bdb6ab'));

const beddingbag: Draw = (p) =>
  shadow(136) +
  solid('M50 66Q100 54 150 66Q158 112 150 158Q100 170 50 158Q42 112 50 66Z', p.light) +
  shape('M66 84Q100 76 134 84L136 140Q100 148 64 140Z', CREAM, 'opacity=".9"') +
  [p.base, '#cfc7ba']
    .map((colour, shade) =>
      line(
        times(9, (n) => `M${70 + ((2 * n + shade) % 6) * 11} ${92 + Math.floor(n / 3) * 16}q4-5 7 1t-2 6`),
        colour,
        2.5,
      ),
    )
    .join('') +
  box(52, 54, 96, 12, 4, p.base);

const hay: Draw = (p) => {
  const blades = (from: number) =>
    times(11, (n) => {
      const i = 2 * n + from;
      return `M${48 + i * 5} ${72 + (i % 4) * 3}q${(i % 5) - 2}-14 ${((i * 7) % 11) - 5}-28`;
    });
  const stalks = (from: number, dx: number) =>
    times(
      8,
      (n) => `M${52 + (((2 * n + from) * 29) % 88)} ${78 + (((2 * n + from) * 13) % 70)}l${dx} ${8 + (n % 3) * 3}`,
    );
  return (
    shadow(140) +
    line(blades(0), '#c9c97c', 3) +
    line(blades(1), '#a9b663', 3) +
    solid('M44 70Q100 62 156 70L152 160Q100 170 48 160Z', '#b9c276') +
    line(stalks(0, -8), '#d9dc9c', 2) +
    line(stalks(1, 14), '#94a350', 2) +
    solid('M62 92H138L136 142H64Z', CREAM) +
    drawEmblem('leaf', 100, 112, 0.9, p.base) +
    line('M82 134h36', p.deep, 3)
  );
};

const can: Draw = (p, emblem) =>
  shadow(110) +
  box(58, 72, 84, 90, 10, p.base) +
  box(58, 84, 84, 60, 0, CREAM) +
  shape('M58 126H142V144H58Z', p.light) +
  drawEmblem(emblem, 100, 106, 1, p.base) +
  oval(100, 74, 42, 12, STEEL) +
  oval(100, 73, 36, 9, '#e3e7ea') +
  line('M100 73q12 -8 18 0t-18 0', STEEL_DARK, 2.5) +
  shape('M58 152Q100 172 142 152V156Q100 178 58 156Z', STEEL);

const pouch: Draw = (p, emblem) =>
  shadow(112) +
  solid('M60 46H140L146 152Q100 176 54 152Z', p.base) +
  shape('M60 46H140L141 62H59Z', p.deep) +
  line('M64 68H136', p.light, 2) +
  dot(100, 54, 3.5, CREAM) +
  drawEmblem(emblem, 100, 92, 1, CREAM) +
  shape('M72 122Q100 112 128 122Q126 150 100 152Q74 150 72 122Z', CREAM, 'opacity=".92"') +
  times(7, (i) => dot(82 + (i % 4) * 12, 130 + Math.floor(i / 4) * 10, 5, i % 2 ? '#b07a4a' : '#946238'));

const sachet: Draw = (p, emblem) =>
  shadow(140) +
  `<g transform="rotate(10 130 110)">${solid('M88 60H156V160H88Z', p.light)}${shape('M88 60H156V70H88ZM88 150H156V160H88Z', p.base)}</g>` +
  `<g transform="rotate(-6 88 110)">${solid('M48 54H124V164H48Z', p.base)}${shape('M48 54H124V66H48ZM48 152H124V164H48Z', p.deep)}` +
  `${oval(86, 102, 28, 24, CREAM)}${drawEmblem(emblem, 86, 102, 0.95, p.deep)}${line('M66 138h40', CREAM, 3)}</g>`;

const tubes: Draw = (p) =>
  shadow(140) +
  times(4, (i) => {
    const x = 52 + i * 26;
    const colour = [p.base, p.light, p.deep, p.accent][i]!;
    return `<g transform="rotate(${i * 6 - 9} ${x + 9} 168)">${box(x, 52, 20, 112, 4, colour)}${shape(`M${x} 52h20v10h-20z`, CREAM, 'opacity=".7"')}${drawEmblem('cat', x + 10, 104, 0.4, CREAM)}${line(`M${x + 6} 128h8M${x + 6} 134h8`, CREAM, 2)}</g>`;
  });

const tub: Draw = (p, emblem) =>
  shadow(108) +
  box(60, 70, 80, 94, 12, CREAM) +
  box(60, 86, 80, 60, 0, p.base) +
  drawEmblem(emblem, 100, 112, 1.05, CREAM) +
  line('M82 136h36', p.light, 3) +
  box(56, 52, 88, 24, 8, p.deep) +
  line(
    times(12, (i) => `M${62 + i * 7} 57v14`),
    p.base,
    2,
  ) +
  times(5, (i) => shape(`M${36 + i * 6} ${166 + (i % 2) * 3}l5 -4 4 4z`, i % 2 ? p.base : p.accent));

const jar: Draw = (p, emblem) =>
  shadow(112) +
  box(56, 66, 88, 98, 18, p.base) +
  shape('M56 92H144V140H56Z', CREAM) +
  drawEmblem(emblem, 100, 112, 1, p.deep) +
  line('M84 132h32', p.light, 3) +
  box(60, 46, 80, 24, 6, CREAM) +
  line(
    times(11, (i) => `M${66 + i * 7} 52v12`),
    '#e2d9c8',
    2,
  ) +
  times(3, (i) => oval(150 + i * 9, 166 - (i % 2) * 4, 6, 5, '#a87545'));

const bottle: Draw = (p, emblem) =>
  shadow(92) +
  solid('M76 84Q76 70 90 68H110Q124 70 124 84L132 152Q132 166 118 166H82Q68 166 68 152Z', p.base) +
  shape('M72 100H128L131 140H69Z', CREAM) +
  drawEmblem(emblem, 100, 118, 0.85, p.deep) +
  line('M86 148h28', p.light, 3) +
  box(88, 54, 24, 16, 3, p.deep) +
  box(82, 36, 36, 20, 6, p.accent) +
  dot(146, 72, 9, '#fff') +
  dot(146, 72, 9, p.light) +
  dot(143, 69, 2.5, '#fff') +
  dot(158, 54, 5, p.light) +
  dot(52, 88, 6, p.light);

const toothpaste: Draw = (p) =>
  shadow(140) +
  `<g transform="rotate(-14 100 120)">${solid('M34 96L132 90V142L34 136Q30 116 34 96Z', p.base)}${shape('M34 96L52 95V137L34 136Z', p.deep)}` +
  `${box(130, 98, 10, 36, 3, CREAM)}${box(138, 102, 22, 28, 5, p.accent)}${oval(88, 116, 24, 17, CREAM)}${drawEmblem('cat', 88, 116, 0.75, p.deep)}</g>` +
  line('M156 160q8 8 16 0t12 0', '#8a5a33', 7);

const rolls: Draw = (p) =>
  shadow(146) +
  [
    [62, 140],
    [112, 140],
    [87, 100],
  ]
    .map(([x, y], i) => {
      const colour = [p.base, p.light, p.deep][i]!;
      return `${solid(`M${x! - 22} ${y! - 20}H${x! + 28}Q${x! + 40} ${y!} ${x! + 28} ${y! + 22}H${x! - 22}Z`, colour)}${oval(x! - 22, y! + 1, 12, 21, CREAM)}${oval(x! - 22, y! + 1, 5, 9, INK, 'opacity=".25"')}`;
    })
    .join('') +
  shape('M146 132Q174 128 172 166H150Q140 150 146 132Z', p.base, 'opacity=".75"') +
  drawEmblem('leaf', 160, 150, 0.5, CREAM);

export const packages = {
  bag,
  seedbag,
  litterbag,
  beddingbag,
  hay,
  can,
  pouch,
  sachet,
  tubes,
  tub,
  jar,
  bottle,
  toothpaste,
  rolls,
};
