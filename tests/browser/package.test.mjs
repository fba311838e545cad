// @ts-check
// What ships: permissions, policy, files, and the same bytes each time.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { unzipSync } from 'fflate';
import { DIST } from './harness.mjs';

const BROWSERS = /** @type {const} */ (['chromium', 'firefox']);

/** @param {string} browser */
const manifestOf = async (browser) => JSON.parse(await readFile(join(DIST, browser, 'manifest.json'), 'utf8'));

describe('package', () => {
  for (const browser of BROWSERS) {
    test(`${browser}: asks for the least`, async () => {
      const manifest = await manifestOf(browser);
      assert.deepEqual(manifest.permissions, ['activeTab', 'scripting', 'storage']);
      assert.deepEqual(manifest.optional_host_permissions, ['*://*/*']);
      for (const key of ['host_permissions', 'content_scripts', 'web_accessible_resources', 'externally_connectable', 'only']) {
        assert.equal(manifest[key], undefined, key);
      }
      assert.equal(
        manifest.content_security_policy.extension_pages,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self'",
      );
    });

    test(`${browser}: every message asked for exists, and no page text becomes markup`, async () => {
      const messages = JSON.parse(await readFile(join(DIST, browser, '_locales/en/messages.json'), 'utf8'));
      for (const name of ['content.js', 'popup.js', 'background.js']) {
        const code = await readFile(join(DIST, browser, name), 'utf8');
        assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
        for (const [, key] of code.matchAll(/\bsay\("(\w+)"/g)) assert.ok(messages[key], key);
        for (const [, key] of code.matchAll(/\bcounted\(say, "(\w+)"/g)) {
          assert.ok(messages[`${key}_one`] && messages[`${key}_other`], key);
        }
      }
      const page = await readFile(join(DIST, browser, 'popup.html'), 'utf8');
      for (const [, key] of page.matchAll(/data-say="(\w+)"/g)) assert.ok(messages[key], key);
    });

    test(`${browser}: the packed files are the unpacked ones`, async () => {
      const entries = unzipSync(await readFile(join(DIST, `countercheck-${browser}.zip`)));
      assert.deepEqual(Object.keys(entries), Object.keys(entries).sort());
      for (const [name, bytes] of Object.entries(entries)) {
        assert.ok((await readFile(join(DIST, browser, name))).equals(bytes), name);
      }
      assert.ok(entries['core/countercheck_bg.wasm'].length > 0);
    });
  }

  test('Firefox: collects no data', async () => {
    const { browser_specific_settings: settings } = await manifestOf('firefox');
    assert.deepEqual(settings.gecko.data_collection_permissions, { required: ['none'] });
  });

  test('a second build gives the same bytes', async () => {
    const digests = () =>
      Promise.all(BROWSERS.map(async (b) => createHash('sha256').update(await readFile(join(DIST, `countercheck-${b}.zip`))).digest('hex')));
    const before = await digests();
    execFileSync(process.execPath, ['extension/build.mjs'], { cwd: join(DIST, '..'), env: { ...process.env, TZ: 'Asia/Tokyo' } });
    assert.deepEqual(await digests(), before);
  });
});
