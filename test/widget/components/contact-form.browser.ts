import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import '../../../widget/components/contact.ts';
import type { AnnounceIntent } from '../../../widget/components/intents.ts';
import type { LetterIntent } from '../../../widget/components/letter-intent.ts';
import type { Letter } from '../../../widget/controllers/types.ts';
import { strings } from '../../../widget/i18n/index.ts';
import type { Failure } from '../../../widget/state/state.ts';
import { shop as acme } from '../fake-chat.ts';
import { hasFocus, inPanel, settled } from '../panel-fixture.ts';

const ways = { email: 'help@shop.example', form: true };
const shop = { ...acme, privacy_url: 'https://shop.example/privacy' };

interface Shown {
  language?: 'en' | 'he';
  /** How letters end, in turn; null is taken. */
  ends?: (Failure | null | Promise<Failure | null>)[];
  alone?: boolean;
  talk?: boolean;
  about?: string;
}

async function show({ language = 'en', ends = [], alone = false, talk = true, about = 'A bed?' }: Shown = {}) {
  const said: string[] = [];
  const letters: Letter[] = [];
  const onLetter = (intent: LetterIntent): void => {
    Object.assign(intent, { about, talk });
    intent.deliver = async (letter) => {
      letters.push(letter);
      return ends.shift() ?? null;
    };
  };
  const words = strings[language];
  const panel = await inPanel(
    html`<div
      role="log"
      aria-label="Conversation"
      @intent-letter=${onLetter}
      @intent-announce=${({ text }: AnnounceIntent) => said.push(text)}
    >
      <shopclerk-contact .contact=${ways} .strings=${words} .shop=${shop} .alone=${alone}></shopclerk-contact>
    </div>`,
    words.$dir,
  );
  const view = panel.querySelector('shopclerk-contact')!;
  const find = <T extends HTMLElement = HTMLElement>(selector: string): T | null => view.querySelector<T>(selector);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await sendKeys({ press: key });
      await settled(panel);
    }
  };
  return {
    panel,
    view,
    said,
    letters,
    find,
    press,
    async open() {
      view.begin();
      await settled(panel);
    },
    async type(text: string) {
      await sendKeys({ type: text });
      await settled(panel);
    },
    async write(selector: string, text: string) {
      const field = find<HTMLInputElement>(selector)!;
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await settled(panel);
    },
    async send() {
      const button = find<HTMLButtonElement>('.primary')!;
      button.focus();
      button.click();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await settled(panel);
    },
    /** What a reader hears of a field: its label, and what is wrong with it. */
    heard(selector: string): string[] {
      const field = find<HTMLInputElement>(selector)!;
      const refusal = find(`#${field.getAttribute('aria-describedby')}`)!;
      return [field.labels![0]!.textContent.trim(), refusal.textContent.trim()];
    },
  };
}

describe('the form to write to the shop', () => {
  beforeEach(async () => {
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  for (const language of ['en', 'he'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is accessible in every state (${language}, ${colorScheme})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const failure: Failure = { code: 'rate_limited', retryable: true, retryAfterMs: 40_000 };
        const { view, open, send, write } = await show({ language, ends: [failure, new Promise(() => {})] });
        await expect(view).to.be.accessible();
        await open();
        await expect(view).to.be.accessible();
        await send();
        await expect(view).to.be.accessible();
        await write('[type=email]', 'noa@shopper.example');
        await send();
        await expect(view).to.be.accessible();
        await send();
        expect(view.step).to.equal('sending');
        await expect(view).to.be.accessible();
        const sent = await show({ language, alone: true });
        await sent.open();
        await sent.write('[type=email]', 'noa@shopper.example');
        await sent.write('textarea', 'A bed?');
        await sent.send();
        expect(sent.view.step).to.equal('sent');
        await expect(sent.view).to.be.accessible();
      });
    }
  }

  it('is filled in and sent with the keyboard alone', async () => {
    const { find, press, type, letters, said, view } = await show();
    find('button')!.focus();
    await press('Enter');
    expect(hasFocus(find('[autocomplete=name]'))).to.equal(true);
    await type('Noa ');
    await press('Tab');
    await type('noa@shopper.example');
    await press('Tab');
    expect(hasFocus(find('textarea'))).to.equal(true);
    await press('Tab', ' ', 'Tab', 'Tab', 'Enter');
    expect(letters).to.deep.equal([{ name: 'Noa', email: 'noa@shopper.example', message: 'A bed?', talk: true }]);
    expect(view.step).to.equal('sent');
    expect(said).to.deep.equal(['Sending…', 'Your message is sent. The answer comes to noa@shopper.example']);
    expect(find('form')?.tagName).to.equal(undefined);
    expect(find('button')?.tagName).to.equal(undefined);
    expect(hasFocus(find('.contact-sent'))).to.equal(true);
  });

  it('asks for a name and an address as browsers know them, and sends no conversation unasked', async () => {
    const { find, open, write, send, letters } = await show();
    await open();
    expect(find('[autocomplete=email]')!.getAttribute('dir')).to.equal('ltr');
    expect(find<HTMLInputElement>('[autocomplete=email]')!.required).to.equal(true);
    expect(find<HTMLInputElement>('[autocomplete=name]')!.required).to.equal(false);
    expect(find<HTMLAnchorElement>('.fate a')!.href).to.equal('https://shop.example/privacy');
    await write('[type=email]', 'noa@shopper.example');
    await send();
    expect(letters[0]).to.deep.equal({ name: '', email: 'noa@shopper.example', message: 'A bed?', talk: false });
  });

  it('offers no conversation where there is none', async () => {
    const { find, open } = await show({ talk: false, about: '' });
    await open();
    expect(find('[type=checkbox]')?.tagName).to.equal(undefined);
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('');
  });

  it('begins with the last question, as much of it as fits', async () => {
    const { find, open } = await show({ about: 'x'.repeat(5_000) });
    await open();
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.have.length(4_000);
    expect(find<HTMLTextAreaElement>('textarea')!.maxLength).to.equal(4_000);
  });

  it('from the menu begins empty: the last question was answered', async () => {
    const { find, open } = await show({ alone: true });
    await open();
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('');
  });

  it('says at each field why it was not taken, and goes to the first', async () => {
    const { find, open, write, send, heard, letters } = await show();
    await open();
    await write('textarea', ' ');
    await send();
    expect(heard('[type=email]')).to.deep.equal(['E-mail', 'Please write your e-mail address, for the answer.']);
    expect(heard('textarea')).to.deep.equal(['Message', 'Please write a message first.']);
    expect(hasFocus(find('[type=email]'))).to.equal(true);
    const shown = ['[type=email]', '[id$=email-refusal]', 'textarea', '[id$=message-refusal]', '[type=checkbox]'];
    const places = shown.map((selector) => find(selector)!.getBoundingClientRect().top);
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    await write('[type=email]', 'noa@');
    expect(heard('[type=email]')[1]).to.equal('');
    await send();
    expect(heard('[type=email]')[1]).to.match(/^This e-mail address is not complete\./);
    await write('[type=email]', 'noa@shopper.example');
    await send();
    expect(hasFocus(find('textarea'))).to.equal(true);
    expect(letters).to.deep.equal([]);
  });

  for (const [code, selector, text] of [
    ['invalid_request', '[type=email]', /^This e-mail address is not complete\./],
    ['message_too_long', 'textarea', /^This message is too long\./],
    ['thread_not_found', '[type=checkbox]', /^This conversation is no longer there/],
  ] as const) {
    it(`says at the field what the proxy refuses as ${code}`, async () => {
      const { find, open, write, send, heard } = await show({ ends: [{ code, retryable: false }] });
      await open();
      await write('[type=email]', 'noa@shopper');
      await send();
      expect(heard(selector)[1]).to.match(text);
      expect(hasFocus(find(selector))).to.equal(true);
    });
  }

  for (const [failure, text] of [
    [{ code: 'network', retryable: true }, 'No connection. Check your internet and try again.'],
    [
      { code: 'rate_limited', retryable: true, retryAfterMs: 40_000 },
      'That was a lot at once. Try again in 40 seconds.',
    ],
    [{ code: 'too_many_contact_messages', retryable: false }, 'You have sent as many messages as can be kept here.'],
    [{ code: 'contact_off', retryable: false }, 'The shop takes no messages here right now.'],
    [{ code: 'consent_required', retryable: false }, 'Please agree first, then ask again.'],
  ] as const) {
    it(`keeps what was written and says what is wrong: ${failure.code}`, async () => {
      const { find, open, write, send, said, letters, view } = await show({ ends: [failure] });
      await open();
      await write('[type=email]', 'noa@shopper.example');
      await send();
      expect(find('[part=error]')!.textContent.trim()).to.equal(text);
      expect(said).to.deep.equal(['Sending…', text]);
      expect(hasFocus(find('.primary'))).to.equal(true);
      await send();
      expect(letters[1]).to.deep.equal(letters[0]);
      expect(view.step).to.equal('sent');
    });
  }

  it('is sent once, however often Send is pressed', async () => {
    const end = Promise.withResolvers<Failure | null>();
    const { open, write, send, letters, find } = await show({ ends: [end.promise] });
    await open();
    await write('[type=email]', 'noa@shopper.example');
    await send();
    await send();
    expect(find('.primary')!.textContent.trim()).to.equal('Sending…');
    expect(letters).to.have.length(1);
    end.resolve(null);
  });

  it('folds on Cancel, gives the focus back, and has the draft when it opens again', async () => {
    const { find, open, write, panel } = await show();
    await open();
    await write('[type=email]', 'noa@shopper.example');
    await write('textarea', 'Is it washable?');
    find('[type=button]')!.click();
    await settled(panel);
    expect(find('form')?.tagName).to.equal(undefined);
    expect(hasFocus(find('[part=contact-open]'))).to.equal(true);
    await open();
    expect(find<HTMLInputElement>('[type=email]')!.value).to.equal('noa@shopper.example');
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('Is it washable?');
  });

  it('has targets of 44 px and fits a window of 320 px in both directions', async () => {
    await setViewport({ width: 320, height: 600 });
    for (const language of ['en', 'he'] as const) {
      const { open, panel, view } = await show({ language, about: 'x'.repeat(300) });
      panel.style.width = '100%';
      await open();
      expect(panel.scrollWidth, language).to.be.at.most(320);
      for (const target of view.querySelectorAll('input:not([type=checkbox]), textarea, .tick, button')) {
        expect(target.getBoundingClientRect().height, target.outerHTML).to.be.at.least(44);
      }
    }
  });

  it('gives each of two forms in a conversation ids of its own', async () => {
    const { panel, open } = await show();
    await open();
    const second = document.createElement('shopclerk-contact');
    Object.assign(second, { contact: ways, strings: strings.en, shop });
    panel.append(second);
    await settled(panel);
    second.begin();
    await settled(panel);
    const ids = [...panel.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids).to.have.length.above(10);
  });
});
