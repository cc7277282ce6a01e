import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../proxy/commands/check.ts';
import { shopSettings } from '../../../proxy/http/shop-settings.ts';
import { contrast } from '../../../proxy/shops/contrast.ts';
import { shopFiles } from './shop-files.ts';

async function read(values: object, env: Record<string, string> = {}) {
  const files = shopFiles();
  files.write('acme.json', values);
  return (await files.read({ env }))[0]!;
}

const problems = async (values: object) =>
  (await read(values)).problems.map((line) => line.replace('shops/acme.json: ', ''));

async function warned(values: object): Promise<string[]> {
  const { shop, problems } = await read(values);
  expect(problems).toEqual([]);
  const said: string[] = [];
  checkCommand({ shops: [shop!], problems: [], warnings: [] }, (line) => said.push(line));
  return said.filter((line) => line.startsWith('  ! ')).map((line) => line.slice(4));
}

const NOON = Date.parse('2026-11-23T12:00:00Z');

describe('what a widget is told of a shop', () => {
  test('is nothing of all this where the owner says nothing', async () => {
    const { shop } = await read({});
    const told = shopSettings(shop!, NOON);
    for (const name of ['theme', 'strings', 'proactive', 'page_context', 'page_tools', 'contact'])
      expect(told).not.toHaveProperty(name);
  });

  test('is its looks, its words, its greetings and whether somebody is there', async () => {
    const theme = { surface: '#ffffff', dark: { surface: '#000000' }, radius: '0.5rem', font: "'Inter', sans-serif" };
    const place = { position: 'start', layout: 'side', logo_url: 'https://acme.example/logo.svg' };
    const strings = { en: { placeholder: 'Ask us', 'notices.contact': 'We are here' } };
    const proactive = [{ after_s: 30, pages: ['/shoes/**'], text: { en: 'Size?' } }];
    const hours = { time_zone: 'UTC', days: { mon: ['09:00-17:00'] } };
    const { shop, problems } = await read({
      theme: { accent: '#0f766e', ...theme, ...place },
      strings,
      proactive,
      page_context: true,
      page_tools: true,
      contact: { form: true },
      hours,
    });
    expect(problems).toEqual([]);
    expect(shopSettings(shop!, NOON)).toMatchObject({
      accent: '#0f766e',
      theme: { ...theme, ...place },
      strings,
      proactive,
      page_context: true,
      page_tools: true,
      contact: { form: true, open: { now: true, until: '2026-11-23T17:00:00.000Z' } },
    });
  });
});

describe('settings of the widget', () => {
  test.each<[object, string]>([
    [{ theme: { surface: 'white' } }, 'theme.surface: must be a colour such as #0f766e'],
    [{ theme: { dark: { text: '#fff' } } }, 'theme.dark.text: must be a colour such as #0f766e'],
    [{ theme: { radius: '40px' } }, 'theme.radius: must be a length from 0px to 32px, such as 8px'],
    [{ theme: { font_size: 'calc(1px)' } }, 'theme.font_size: must be a length from 12px to 24px, such as 15px'],
    [{ theme: { font: 'x; } body { display: none' } }, 'theme.font: must be a list of font families'],
    [{ theme: { font: 'url(https://evil.example/)' } }, 'theme.font: must be a list of font families'],
    [{ theme: { logo_url: 'javascript:alert(1)' } }, 'theme.logo_url: must be an http(s) URL'],
    [{ theme: { position: 'left' } }, 'theme.position: must be'],
    [{ theme: { surfase: '#ffffff' } }, 'theme.surfase: is no setting; did you mean "surface"?'],
    [{ strings: { klingonese: { send: 'x' } } }, 'strings.klingonese: must be a language tag'],
    [{ strings: { en: { '__proto__.x': 'x' } } }, 'strings.en.__proto__.x:'],
    [{ strings: { en: { send: 'x'.repeat(501) } } }, 'strings.en.send:'],
    [
      { strings: { en: Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`k${n}`, 'x'.repeat(400)])) } },
      'strings: are too long in all',
    ],
    [{ proactive: [{ text: { en: 'Hi' } }] }, 'proactive.0: needs "after_s" or "idle_cart_s"'],
    [{ proactive: [{ after_s: 5, text: {} }] }, 'proactive.0.text: says nothing in any language'],
    [{ proactive: [{ after_s: 5, pages: ['shoes'], text: { en: 'Hi' } }] }, 'proactive.0.pages.0: must be a path'],
    [{ proactive: Array.from({ length: 6 }, () => ({ after_s: 5, text: { en: 'Hi' } })) }, 'proactive:'],
    [{ hours: { time_zone: 'Nowhere/City', days: {} } }, 'hours.time_zone: must be a time zone of the IANA database'],
    [{ hours: { time_zone: '+03:00', days: {} } }, 'hours.time_zone: must be a time zone of the IANA database'],
    [{ hours: { time_zone: 'UTC', days: { mon: ['9-17'] } } }, 'hours.days.mon.0: must be a time from and to'],
    [{ hours: { time_zone: 'UTC', days: { mon: ['09:00-09:00'] } } }, 'hours.days.mon.0: begins when it ends'],
    [{ hours: { time_zone: 'UTC', days: { monday: [] } } }, 'hours.days.monday: is no setting'],
    [{ hours: { time_zone: 'UTC', days: {}, closed: ['2026-02-30'] } }, 'hours.closed.0: must be a date'],
    [{ page_context: 'yes' }, 'page_context: must be true or false'],
  ])('are refused with what to mend: %j', async (values, said) => {
    expect(await problems(values)).toEqual([expect.stringContaining(said)]);
  });

  test('of the simplest kind have variables', async () => {
    const env = { SHOP_POSITION: 'start', SHOP_LAYOUT: 'side', SHOP_LOGO_URL: 'https://a.example/l.png' };
    const catalog = { CATALOG_URL: 'https://a.example/catalog.json', SHOP_PAGE_CONTEXT: 'true' };
    const [reading] = await shopFiles().read({ env: { ...env, ...catalog } });
    expect(reading).toMatchObject({
      problems: [],
      shop: {
        pageContext: true,
        theme: { looks: { position: 'start', layout: 'side', logo_url: 'https://a.example/l.png' } },
      },
    });
  });
});

describe('the check warns', () => {
  test('of colours that can’t be told apart, in light and in dark', async () => {
    const dark = { surface: '#111111', text: '#222222' };
    const said = await warned({ theme: { accent: '#fefefe', text: '#aaaaaa', dark } });
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^theme\.text: #aaaaaa on #ffffff has a contrast of 2\.3, 4\.5 is the least$/),
        expect.stringMatching(/^theme\.accent: #fefefe on #ffffff .* 3 is the least$/),
        expect.stringMatching(/^theme\.dark\.text: #222222 on #111111/),
      ]),
    );
    expect(await warned({ theme: { accent: '#0f766e', text: '#222222' } })).not.toContainEqual(
      expect.stringContaining('contrast'),
    );
    expect(await warned({ theme: { color_scheme: 'light', dark } })).not.toContainEqual(
      expect.stringContaining('contrast'),
    );
  });

  test('of hours that nobody sees, greetings in no language of the shop’s, and carts that there aren’t', async () => {
    const said = await warned({
      languages: ['en', 'he'],
      cart: { kind: 'none' },
      hours: { time_zone: 'UTC', days: {} },
      proactive: [{ idle_cart_s: 5, text: { en: 'Hi' } }],
    });
    expect(said.join('\n')).toMatch(/hours are set, but there is no "contact"/);
    expect(said.join('\n')).toMatch(/"proactive" says nothing in he/);
    expect(said.join('\n')).toMatch(/"proactive" waits for a cart, but "cart" is none/);
  });
});

test('black on white is as far apart as two colours can be', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#123456', '#123456')).toBe(1);
});
