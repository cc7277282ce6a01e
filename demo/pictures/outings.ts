import { drawEmblem } from './emblems.ts';
import { CREAM, INK, STEEL, STEEL_DARK, WOOD } from './palettes.ts';
import { box, dot, line, oval, shadow, shape, solid, times, type Draw } from './pen.ts';

const ring = (x: number, y: number, r: number) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${STEEL_DARK}" stroke-width="4"/>`;

const leash: Draw = (p) => {
  const path = 'M58 60Q34 96 62 118Q100 146 140 118Q168 90 134 78Q96 70 84 108Q78 146 128 158';
  return (
    shadow(140, 100, 170) +
    `<ellipse cx="66" cy="54" rx="19" ry="28" fill="none" stroke="${p.deep}" stroke-width="11" transform="rotate(24 66 54)"/>` +
    line(path, p.base, 11) +
    line(path, CREAM, 2, 'stroke-dasharray="7 6" opacity=".85"') +
    box(124, 150, 18, 13, 4, p.deep) +
    line('M142 157h8', STEEL, 6) +
    ring(160, 157, 9)
  );
};

const collar: Draw = (p) =>
  shadow(140) +
  oval(100, 116, 62, 40, p.deep) +
  oval(100, 110, 50, 28, '#f1ede6') +
  `<path d="M38 116a62 40 0 0 0 124 0v14a62 40 0 0 1-124 0z" fill="${p.base}"/><path d="M38 116a62 40 0 0 0 124 0v14a62 40 0 0 1-124 0z" fill="url(#l)"/>` +
  line('M42 130Q100 190 158 130', p.light, 2, 'stroke-dasharray="6 5"') +
  box(54, 134, 26, 26, 5, INK) +
  box(60, 140, 14, 14, 3, '#6b665f') +
  ring(112, 168, 7) +
  dot(112, 178, 9, p.accent);

const catcollar: Draw = (p) =>
  shadow(130) +
  `<ellipse cx="100" cy="108" rx="58" ry="42" fill="none" stroke="${p.deep}" stroke-width="8"/>` +
  `<path d="M42 108a58 42 0 0 0 116 0" fill="none" stroke="${p.base}" stroke-width="14"/>` +
  times(9, (i) => dot(46 + i * 13.5, [116, 131, 141, 147, 149, 147, 141, 131, 116][i]!, 2.5, p.light)) +
  box(128, 126, 22, 16, 4, INK) +
  dot(92, 162, 13, '#e9b44c') +
  `<circle cx="92" cy="162" r="13" fill="url(#l)"/>` +
  line('M84 164h16M92 164v7', INK, 2.5);

const harness: Draw = (p) =>
  shadow(120, 100, 172) +
  line('M64 66Q44 118 66 154M136 66Q156 118 134 154', p.deep, 11) +
  solid(
    'M60 46Q76 30 86 54Q100 66 114 54Q124 30 140 46Q148 88 124 112Q120 136 100 140Q80 136 76 112Q52 88 60 46Z',
    p.base,
  ) +
  line('M66 52Q62 88 86 108Q90 128 100 130Q110 128 114 108Q138 88 134 52', p.light, 2, 'stroke-dasharray="5 5"') +
  line('M66 154Q100 172 134 154', p.deep, 12) +
  box(56, 122, 20, 16, 4, INK) +
  box(124, 122, 20, 16, 4, INK) +
  ring(100, 94, 9) +
  line('M92 116h16', '#f3f5c9', 5);

const reel: Draw = (p) =>
  shadow(120) +
  `<path fill-rule="evenodd" d="M52 100Q52 52 102 50Q150 52 150 96Q150 116 140 132L128 164H72L80 138Q52 130 52 100Z" fill="${p.base}"/>` +
  shape('M52 100Q52 52 102 50Q150 52 150 96Q150 116 140 132L128 164H72L80 138Q52 130 52 100Z', 'url(#l)') +
  dot(100, 96, 26, p.deep) +
  dot(100, 96, 14, p.light) +
  box(84, 134, 44, 14, 7, CREAM) +
  box(94, 42, 26, 12, 5, p.accent) +
  line('M52 104Q28 110 34 136', p.accent, 6) +
  line('M34 136v8', STEEL, 6) +
  ring(34, 154, 8);

const FUR = '#eadbc3';
const FUR_DARK = '#c9ab80';

const coat: Draw = (p) =>
  shadow(130) +
  line('M46 96Q28 90 32 66', FUR, 10) +
  box(56, 116, 14, 52, 6, FUR_DARK) +
  box(118, 116, 14, 52, 6, FUR_DARK) +
  box(74, 116, 14, 52, 6, FUR) +
  box(134, 112, 14, 56, 6, FUR) +
  solid('M42 94Q44 82 60 82H122L138 56L164 70Q158 100 150 118Q144 134 126 134H60Q42 130 42 94Z', FUR) +
  solid('M134 58Q134 36 154 36Q172 36 174 52L186 58Q190 68 182 74Q164 82 150 76Q136 72 134 58Z', FUR) +
  shape('M136 40Q122 46 126 68Q136 74 146 54Z', FUR_DARK) +
  dot(161, 52, 3, INK) +
  dot(185, 60, 4, INK) +
  solid('M44 92Q48 76 64 76H116Q128 72 134 58L160 78Q152 108 138 126Q98 134 58 126Q42 116 44 92Z', p.base) +
  shape('M130 66L136 54L166 74L160 86Z', p.deep) +
  line('M50 112Q96 122 146 110', '#f8fadf', 5) +
  box(82, 88, 26, 15, 4, p.deep) +
  dot(95, 95, 2.5, p.light) +
  line('M66 127v10M126 127v12', p.deep, 7);

const carrier: Draw = (p) =>
  shadow(164) +
  line('M72 78Q72 46 100 46T128 78', p.deep, 8) +
  solid('M34 90Q34 76 48 76H152Q166 76 166 90V156Q166 166 156 166H44Q34 166 34 156Z', p.base) +
  box(46, 90, 70, 62, 12, p.deep) +
  box(50, 94, 62, 54, 9, '#54605f') +
  line(
    times(7, (i) => `M${54 + i * 9} 96v50M52 ${100 + i * 7}h58`),
    '#fff',
    0.8,
    'opacity=".35"',
  ) +
  shape('M64 148q2 -30 10 -38l8 8h10l8 -8q8 10 8 38z', '#2c3332') +
  dot(82, 128, 2.6, '#f5d76e') +
  dot(94, 128, 2.6, '#f5d76e') +
  box(126, 96, 30, 46, 6, p.light) +
  drawEmblem('paw', 141, 118, 0.6, p.deep) +
  line('M34 158H166', p.deep, 5);

const flask: Draw = (p) =>
  shadow(110) +
  solid('M76 60H124Q132 60 132 70V148Q132 166 116 166H84Q68 166 68 148V70Q68 60 76 60Z', '#e4f1f7') +
  shape('M70 100H130V148Q130 164 116 164H84Q70 164 70 148Z', '#a9d6e5') +
  solid('M58 40Q60 32 70 32H138Q150 36 146 52L132 72H68Z', p.base) +
  oval(104, 42, 34, 6, p.deep) +
  oval(104, 42, 28, 4, '#a9d6e5') +
  drawEmblem('paw', 100, 124, 0.9, p.base) +
  line('M78 84v52', '#fff', 4, 'opacity=".8"') +
  line('M132 84q22 14 2 40', p.accent, 4);

const hammock: Draw = (p) =>
  shadow(170) +
  solid('M24 70Q24 58 36 58H50Q60 58 60 70V166H24ZM140 62Q140 50 152 50H166Q178 50 178 62V166H140Z', '#cfc8bd') +
  box(30, 42, 22, 20, 7, '#b9b1a4') +
  box(148, 34, 24, 20, 7, '#b9b1a4') +
  solid('M48 78Q60 148 100 150Q142 148 152 70L162 74Q156 164 100 166Q44 164 38 82Z', p.base) +
  shape('M50 80Q64 146 100 148Q140 146 151 72L140 76Q130 128 100 130Q72 128 62 86Z', p.light) +
  line('M76 106l48 36M126 104l-50 38M92 126l20 20M110 126l-22 20', p.base, 2, 'opacity=".7"') +
  line('M41 82V54M158 72V44', p.deep, 5) +
  drawEmblem('paw', 100, 112, 0.6, p.accent);

const brush: Draw = (p) =>
  shadow(120) +
  `<g transform="rotate(24 100 110)">${box(88, 84, 24, 88, 12, p.base)}${box(94, 104, 12, 52, 6, p.deep)}` +
  `${solid('M58 58Q58 46 70 46H130Q142 46 142 58V72Q142 86 128 88H72Q58 86 58 72Z', p.base)}${box(90, 62, 20, 14, 6, p.accent)}` +
  `${box(60, 36, 80, 12, 2, STEEL)}${line(
    times(15, (i) => `M${65 + i * 5} 38V22`),
    STEEL_DARK,
    2.2,
  )}</g>` +
  line('M40 72q10 -12 22 -4M36 84q8 -8 18 -4', '#c9a57a', 3);

const slicker: Draw = (p) =>
  shadow(120) +
  `<g transform="rotate(-22 100 110)">${box(89, 92, 22, 82, 11, p.base)}${dot(100, 106, 7, p.accent)}` +
  `${box(52, 40, 96, 54, 16, p.deep)}${box(58, 46, 84, 42, 11, CREAM)}` +
  `${line(
    times(40, (i) => `M${65 + (i % 10) * 7.5} ${52 + Math.floor(i / 10) * 10}h0`),
    STEEL_DARK,
    3.6,
  )}</g>` +
  line('M138 52q16 -6 22 6M142 44q16 -8 24 2', WOOD, 3);

export const outings = { leash, collar, catcollar, harness, reel, coat, carrier, flask, hammock, brush, slicker };
