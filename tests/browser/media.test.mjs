// @ts-check
// Print, forced colours and what assistive technology is told. Chromium only: its driver can set and ask these.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SUITE, eventually, launchChromium, marksOf, openPopup, servePages, tell } from './harness.mjs';

describe('media', { timeout: SUITE }, () => {
  /** @type {import('./harness.mjs').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof servePages>>} */
  let server;
  /** @type {any} */
  let page;
  /** @type {Awaited<ReturnType<typeof openPopup>>} */
  let popup;
  before(async () => {
    [browser, server] = [await launchChromium(), await servePages()];
    page = await browser.page();
    await page.goto(`${server.url}article.html`);
    popup = await openPopup(browser, server.url);
    await eventually(() => marksOf(page), (marks) => Object.keys(marks).length > 0);
    await page.bringToFront();
    assert.equal(await eventually(() => tell(popup.page, popup.tab, { do: 'step', by: 1 }), Boolean), true);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });
  const styleOf = (/** @type {string} */ kind) =>
    page.evaluate((/** @type {string} */ key) => {
      const first = /** @type {Element} */ (document.querySelector('#first'));
      const { textDecorationLine, backgroundColor } = getComputedStyle(first, `::highlight(countercheck-${key}-light)`);
      return [textDecorationLine, backgroundColor];
    }, kind);

  test('print hides the marks and the card', async () => {
    assert.deepEqual(await eventually(() => styleOf('contradicted'), ([line]) => line === 'underline'), ['underline', 'rgb(253, 236, 234)']);
    const shown = () => page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('countercheck-card'))).display);
    assert.equal(await shown(), 'block');
    await page.emulateMedia({ media: 'print' });
    for (const kind of ['person', 'place', 'date', 'note', 'contradicted', 'current']) {
      assert.deepEqual(await eventually(() => styleOf(kind), ([line]) => line === 'none'), ['none', 'rgba(0, 0, 0, 0)'], kind);
    }
    assert.equal(await eventually(shown, (display) => display === 'none'), 'none');
    await page.emulateMedia({ media: null });
  });

  test('forced colours keep the lines', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    const [line, ground] = await eventually(() => styleOf('contradicted'), (style) => style[0] === 'underline' && style[1] !== 'rgb(253, 236, 234)');
    assert.equal(line, 'underline');
    assert.notEqual(ground, 'rgb(253, 236, 234)', 'the system’s colour, not ours');
    await page.emulateMedia({ forcedColors: null });
  });

  test('the card is a dialog with its first line as its name', async () => {
    assert.equal(await eventually(() => tell(popup.page, popup.tab, { do: 'step', by: 1 }), Boolean), true);
    const session = await page.context().newCDPSession(page);
    const tree = async () => (await session.send('Accessibility.getFullAXTree')).nodes;
    const dialogIn = (/** @type {any[]} */ nodes) => nodes.find((node) => node.role?.value === 'dialog');
    const buttonsIn = (/** @type {any[]} */ nodes) => nodes.filter((node) => node.role?.value === 'button').map((node) => node.name?.value);
    // The tree follows the page in its own time, the names after the roles.
    const nodes = await eventually(tree, (now) => !!dialogIn(now)?.name?.value && buttonsIn(now).includes('Close'));
    const dialog = dialogIn(nodes);
    assert.match(dialog?.name?.value ?? '', /Differs from/);
    const names = buttonsIn(nodes);
    assert.ok(names.includes('Close'), names.join());
  });
});
