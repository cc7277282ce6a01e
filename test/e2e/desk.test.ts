/** The owner's desk in a browser, on a proxy whose shoppers use the real widget. */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VIEWS } from '../../desk/views/index.ts';
import { DeskPage } from './desk-page.ts';
import { openBrowser, screenshot, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper } from './shopper.ts';

const token = 'a-token-of-the-operator-0123456789';
const hostile = '<img src=x onerror="document.title=1"> puppy?';

let clerk: ShopClerk;
let browser: Browser;
let desk: DeskPage;
beforeAll(async () => {
  [clerk, browser] = await Promise.all([startShopClerk({ env: { ADMIN_TOKEN: token } }), openBrowser()]);
  const shopper = await Shopper.arrive(browser, `${clerk.url}/demo/?lang=en`);
  await shopper.openChat();
  await shopper.ask('What food do you have for a puppy?');
  await shopper.answered();
  await shopper.ask(hostile);
  await shopper.answered(2);
  await shopper.ask('Do you have grand pianos?');
  await shopper.answered(3);
  await shopper.leave();
  desk = await DeskPage.open(browser, clerk.url);
});
afterAll(async () => {
  await browser.close();
  await clerk.stop();
});

/** Of the conversation that was had, as the list of conversations links to it. */
async function conversation(): Promise<string> {
  await desk.show('conversations?shop=demo');
  const href = await desk.page.$eval('desk-app >>> td.long a', (link) => link.getAttribute('href'));
  return href!.replace('#/', '');
}

test('lets nobody in with a wrong token, and the operator with the right one', async () => {
  await desk.logIn('something else');
  await desk.sees('This is not the admin token.');
  await desk.focuses({ tag: 'input' });
  await desk.logIn(token);
  await desk.ready('overview');
  const cookies = await desk.page.browserContext().cookies();
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
    { name: '__Host-shopclerk_admin', httpOnly: true, sameSite: 'Strict' },
  ]);
});

test('tells how the assistant does today', async () => {
  await desk.show('overview?shop=demo&range=today');
  const [conversations] = await desk.texts('.big');
  expect(conversations).toBe('1');
  expect(await desk.texts('.aside')).toContain('3 questions');
});

test('says on the same page what is asked and what is missing, each a step from its conversation', async () => {
  const lists = (await desk.texts('.list')).join('\n');
  expect(lists).toMatch(/What shoppers ask\s+What food do you have for a puppy\?/);
  expect(lists).toMatch(/What is missing\s+grand pianos\s+Not sold\s+1 time/);
  await desk.page.locator('desk-app >>> .list ::-p-text(grand pianos)').click();
  await desk.ready('conversation');
});

test('reads out a chart to the arrow keys', async () => {
  await desk.show('overview?shop=demo&range=7');
  const plot = 'desk-app >>> desk-chart >>> [role=slider]';
  const said = () => desk.page.$eval(plot, (element) => element.getAttribute('aria-valuetext') ?? '');
  await desk.page.focus(plot);
  expect(await said()).toMatch(/^[A-Z][a-z]{2} \d+: 1 · before: 0$/);
  await desk.page.keyboard.press('ArrowLeft');
  expect(await said()).toMatch(/: 0 · before: 0$/);
  expect((await desk.texts('.tip'))[0]).toBe(await said());
  await desk.page.keyboard.press('Tab');
  await desk.focuses({ tag: 'summary' });
});

test('finds the conversation that a shopper just had, with its cards, its steps and what it cost', async () => {
  await desk.show('conversations?shop=demo');
  await desk.page.locator('desk-app >>> input[type=search]').fill('puppy');
  await desk.page.keyboard.press('Enter');
  await desk.page.waitForFunction(() => location.hash.includes('q=puppy'));
  await desk.ready('conversations');
  await desk.page.locator('desk-app >>> td.long a').click();
  await desk.ready('conversation');
  expect(await desk.texts('.question')).toEqual([
    'What food do you have for a puppy?',
    hostile,
    'Do you have grand pianos?',
  ]);
  expect(await desk.texts('.card .name')).toContain('Chicken & Oats Puppy Food');
  expect((await desk.texts('.facts'))[0]).toMatch(
    /Cost\s+\$\d+\.\d\d.*First word\s+[\d.]+ m?s.*Model\s+demo-model.*search products/s,
  );
  expect(await desk.page.title()).toMatch(/^What food do you have for a puppy/);
  await screenshot(desk.page, 'desk-conversation');
});

test('filters by what happened, and says so where nothing did', async () => {
  await desk.show('conversations?shop=demo&filter=no_result');
  expect(await desk.texts('tbody .tag')).toEqual(['1 without a result']);
  for (const filter of ['rating', 'error', 'handoff', 'wrong']) {
    await desk.show(`conversations?shop=demo&filter=${filter}`);
    await desk.sees('No conversation fits');
  }
  await desk.page.locator('desk-app >>> desk-empty a').click();
  await desk.page.waitForFunction(() => !location.hash.includes('filter'));
  await desk.ready('conversations');
});

test('hands out a conversation as a file, for programs and for spreadsheets', async () => {
  await desk.show(await conversation());
  const files = await desk.page.$$eval('desk-app >>> a[download]', (links) =>
    Promise.all(
      links.map(async ({ href }) => {
        const answer = await fetch(href);
        return { type: answer.headers.get('content-type') ?? '', text: await answer.text() };
      }),
    ),
  );
  expect(files.map(({ type }) => type.split(';')[0])).toEqual(['application/json', 'text/csv']);
  for (const { text } of files) expect(text).toContain('What food do you have for a puppy?');
});

test('keeps that an answer was wrong, and why', async () => {
  await desk.show(await conversation());
  await desk.press('Mark as wrong');
  await desk.page.locator('desk-app >>> textarea').fill('We have sold out of it.');
  await desk.saveNote();
  await desk.sees('We have sold out of it.');
  await desk.show('conversations?shop=demo&filter=wrong');
  expect(await desk.texts('tbody .tag')).toContain('1 answer wrong');
  await desk.show('audit?shop=demo');
  expect(await desk.texts('tbody tr')).toEqual([expect.stringContaining('answer noted')]);
});

test('lists what shoppers asked for and did not get, and ticks it off', async () => {
  await desk.show('gaps?shop=demo');
  expect((await desk.texts('tbody td.long bdi')).join()).toContain('piano');
  await desk.page.locator('desk-app >>> tbody .button').click();
  await desk.sees('No gaps');
  await desk.show('gaps?shop=demo&state=done');
  expect((await desk.texts('tbody td.long bdi')).join()).toContain('piano');
});

test('hands out what was used as a file for spreadsheets', async () => {
  await desk.show('usage?shop=demo&by=model');
  const rows = await desk.texts('tbody th');
  expect(rows).toEqual(['demo-model']);
  const [type, csv] = await desk.page.$eval('desk-app >>> a[download]', async (link) => {
    const answer = await fetch(link.href);
    return [answer.headers.get('content-type') ?? '', await answer.text()] as const;
  });
  expect(type).toContain('text/csv');
  expect(csv.split(/\r?\n/)[1]).toMatch(/^demo-model,\d+,/);
  await desk.show('usage?shop=demo&by=purpose');
  expect(await desk.texts('tbody th')).toEqual(['Answers to shoppers']);
});

test('asks before it deletes, with the keyboard on what does no harm', async () => {
  await desk.show(await conversation());
  await desk.press('Delete');
  await desk.sees('Delete this conversation?');
  await desk.focuses({ tag: 'button', text: 'Cancel' });
  await desk.page.keyboard.press('Escape');
  await desk.focuses({ tag: 'button', text: 'Delete' });
  await desk.page.reload();
  await desk.ready('conversation');
  expect(await desk.texts('.question')).toHaveLength(3);
});

test('is accessible in every view, light and dark, and asks nobody else for anything', async () => {
  const one = await conversation();
  for (const isDark of [false, true]) {
    await desk.dark(isDark);
    // The views of a shop's settings and goods have a test of their own.
    for (const { name } of VIEWS.filter(({ group }) => group !== 'Shop')) {
      await desk.show(name === 'conversation' ? one : `${name}?shop=demo&range=7`);
      expect(await desk.violations(), `${name}${isDark ? ', dark' : ''}`).toEqual([]);
    }
  }
  await desk.dark(false);
  expect(desk.complaints).toEqual([]);
  expect(desk.foreign).toEqual([]);
});

test('can be used with the keyboard, on a phone too', async () => {
  await desk.show('overview?shop=demo');
  await desk.page.focus('desk-app >>> nav a[href*="gaps"]');
  await desk.page.keyboard.press('Enter');
  await desk.ready('gaps');
  await desk.page.waitForFunction(() => document.title.startsWith('Gaps'));
  await desk.focuses({ tag: 'h1', text: 'Gaps' });
  await desk.page.setViewport({ width: 390, height: 844 });
  await desk.page.focus('desk-app >>> .menu');
  await desk.page.keyboard.press('Enter');
  await desk.page.locator('desk-app >>> nav:popover-open').wait();
  await desk.page.keyboard.press('Escape');
  await desk.focuses({ tag: 'button', text: 'Menu' });
  const overflow = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBe(0);
  await desk.page.setViewport({ width: 1440, height: 900 });
});

test('invites the owner of one shop, who sets a password and sees no other', async () => {
  await desk.show('accounts');
  await desk.page.locator('desk-app >>> input[name=email]').fill('dana@pets.example');
  await desk.page.locator('desk-app >>> input[value=demo]').click();
  await desk.press('Invite');
  await desk.page.locator('desk-app >>> code').wait();
  const [link] = await desk.texts('code');
  // Whoever is in already is told so, and stays in.
  await desk.page.evaluate((hash) => (location.hash = hash), new URL(link!).hash);
  await desk.sees('You are logged in as the operator.');
  expect(await desk.violations()).toEqual([]);
  await desk.show('accounts');
  const owner = await DeskPage.open(browser, clerk.url);
  await owner.page.goto(link!);
  await owner.page.reload();
  await owner.page.locator('desk-app >>> input[name=password]').fill('three words and more');
  await owner.page.keyboard.press('Enter');
  await owner.ready('overview');
  expect(owner.page.url()).not.toContain('invitation');
  expect(await owner.page.$$('desk-app >>> header select')).toEqual([]);
  await owner.show('accounts');
  await owner.sees('Your password');
  expect(await owner.violations()).toEqual([]);
  expect(owner.complaints).toEqual([]);

  await desk.press('Change the shops of dana@pets.example');
  await desk.page.locator('desk-app >>> input[value=demo-consent]').click();
  await desk.press('Save the shops');
  await desk.sees('demo, demo-consent');
  await desk.focuses({ tag: 'button', text: 'Change the shops of dana@pets.example' });
  await owner.page.reload();
  await owner.show('overview');
  await owner.page.locator('desk-app >>> header select').wait();
  await owner.leave();
});

test('asks anew who it is when the login has ended elsewhere, and goes on where it was', async () => {
  await desk.show('usage?shop=demo');
  await desk.page.browserContext().deleteMatchingCookies({ name: '__Host-shopclerk_admin', url: clerk.url });
  await desk.page.evaluate(() => (location.hash = '#/gaps?shop=demo'));
  await desk.sees('Log in to the desk');
  await desk.logIn(token);
  await desk.ready('gaps');
});

test('keeps a note that is being written when the login ends, unseen until the same person is back', async () => {
  await desk.show(await conversation());
  await desk.press('Change the note');
  await desk.page.locator('desk-app >>> textarea').fill('Half a sentence');
  await desk.page.browserContext().deleteMatchingCookies({ name: '__Host-shopclerk_admin', url: clerk.url });
  await desk.page.locator('desk-app >>> form .button.main').click();
  await desk.sees('What you have typed is still here.');
  await desk.focuses({ tag: 'input' });
  expect(await desk.page.$eval('desk-app >>> .frame', (frame) => (frame as HTMLElement).checkVisibility())).toBe(false);
  await desk.logIn(token);
  await desk.page.locator('desk-app >>> textarea').wait();
  expect(await desk.page.$eval('desk-app >>> textarea', ({ value }) => value)).toBe('Half a sentence');
  // The keyboard is where it was: on the button that was pressed, once the login has made room.
  await desk.focuses({ tag: 'button' });
  await desk.saveNote();
  await desk.sees('Half a sentence');
  expect(await desk.page.title()).toMatch(/^What food do you have for a puppy/);
});

test('keeps a question of Try it over the end of a login, and one that nobody took', async () => {
  await desk.show('playground?shop=demo');
  const question = () => desk.page.$eval('desk-app >>> textarea', ({ value }) => value);
  await desk.page.locator('desk-app >>> textarea').fill('Is there food for a parrot?');
  await desk.page.browserContext().deleteMatchingCookies({ name: '__Host-shopclerk_admin', url: clerk.url });
  await desk.page.keyboard.press('Enter');
  await desk.sees('What you have typed is still here.');
  await desk.logIn(token);
  await desk.sees('Your login had ended. Try again.');
  await desk.focuses({ tag: 'textarea' });
  expect(await question()).toBe('Is there food for a parrot?');
  expect(await desk.texts('.figures')).toEqual([]);
});

test('keeps whom to invite over the end of a login, and names each button as it is written', async () => {
  await desk.show('accounts');
  expect(await desk.violations()).toEqual([]);
  await desk.page.locator('desk-app >>> input[name=email]').fill('noa@pets.example');
  await desk.page.locator('desk-app >>> input[value=demo]').click();
  await desk.page.browserContext().deleteMatchingCookies({ name: '__Host-shopclerk_admin', url: clerk.url });
  await desk.press('Invite');
  await desk.sees('What you have typed is still here.');
  await desk.logIn(token);
  await desk.page.locator('desk-app >>> input[name=email]').wait();
  expect(await desk.page.$eval('desk-app >>> input[name=email]', ({ value }) => value)).toBe('noa@pets.example');
  await desk.press('Invite');
  await desk.page.locator('desk-app >>> code').wait();
});

test('logs out, and what was seen is gone', async () => {
  await desk.press('Log out');
  await desk.sees('Log in to the desk');
  expect(await desk.violations()).toEqual([]);
  await desk.page.reload();
  await desk.sees('Log in to the desk');
  expect(await desk.page.$('desk-app >>> nav')).toBeNull();
});
