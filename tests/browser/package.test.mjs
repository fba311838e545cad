// @ts-check
// What ships: permissions, policy, files, and the same bytes each time.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
      const panel = browser === 'chromium' ? ['sidePanel'] : [];
      assert.deepEqual(manifest.permissions, ['activeTab', 'scripting', 'storage', ...panel]);
      const suggested = Object.values(manifest.commands).filter((/** @type {any} */ command) => command.suggested_key);
      assert.ok(suggested.length <= 4, 'browsers grant four keys');
      assert.deepEqual(manifest.optional_host_permissions, ['*://*/*']);
      for (const key of ['host_permissions', 'content_scripts', 'web_accessible_resources', 'externally_connectable', 'only']) {
        assert.equal(manifest[key], undefined, key);
      }
      assert.equal(
        manifest.content_security_policy.extension_pages,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self'",
      );
    });

    test(`${browser}: every message asked for exists, none stands in the code, and no page text becomes markup`, async () => {
      const messages = JSON.parse(await readFile(join(DIST, browser, '_locales/en/messages.json'), 'utf8'));
      const names = await readdir(join(DIST, browser));
      for (const name of names.filter((n) => n.endsWith('.js'))) {
        const code = await readFile(join(DIST, browser, name), 'utf8');
        assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
        for (const [, key] of code.matchAll(/\bsay\("([\w@]+)"/g)) assert.ok(messages[key] || key.startsWith('@@'), key);
        for (const [, key] of code.matchAll(/\bcounted\(say, "(\w+)"/g)) {
          assert.ok(messages[`${key}_one`] && messages[`${key}_other`], key);
        }
        // Two words of a sentence in a string that is put on screen.
        const shown = /(?:textContent|title|ariaLabel|placeholder) = "[^"]*[a-z] [a-z]|(?:make|button)\([^()]*"[A-Z][^"]*[a-z] [a-z][^"]*"|setAttribute\("(?:aria-label|title)", "/;
        assert.doesNotMatch(code, shown, name);
      }
      for (const name of names.filter((n) => n.endsWith('.html'))) {
        const page = await readFile(join(DIST, browser, name), 'utf8');
        for (const [, key] of page.matchAll(/data-(?:say|label)="(\w+)"/g)) assert.ok(messages[key], key);
        const text = page.replace(/<title>Countercheck<\/title>/, '').replace(/<[^>]*>/g, ' ');
        assert.equal(text.trim(), '', `${name}: words that are not in _locales`);
        assert.doesNotMatch(page, /(?:src|href)="https?:/);
      }
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

  test('both languages have the same messages with the same places for values', async () => {
    const [english, german] = await Promise.all(
      ['en', 'de'].map(async (locale) => JSON.parse(await readFile(join(DIST, 'chromium/_locales', locale, 'messages.json'), 'utf8'))),
    );
    assert.deepEqual(Object.keys(german), Object.keys(english));
    assert.deepEqual([english.locale.message, german.locale.message], ['en', 'de']);
    for (const key of Object.keys(english)) {
      const places = (/** @type {string} */ text) => [...new Set(text.match(/\$\d/g) ?? [])].sort();
      assert.deepEqual(places(german[key].message), places(english[key].message), key);
      assert.ok(german[key].message.trim(), key);
    }
    assert.ok(german.description.message.length <= 132, 'stores cut longer descriptions');
    assert.ok(english.description.message.length <= 132);
  });

  test('styles follow the direction of the text', async () => {
    for (const name of ['pages.css', 'popup.css', 'panel.css', 'options.css']) {
      const css = await readFile(join(DIST, 'chromium', name), 'utf8');
      assert.doesNotMatch(css, /(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|(?:^|[\s;{])(?:left|right):/, name);
    }
  });

  test('two builds in two folders give the same bytes', async () => {
    const root = join(DIST, '..');
    const digests = async (/** @type {string} */ folder) =>
      Promise.all(BROWSERS.map(async (b) => createHash('sha256').update(await readFile(join(folder, `dist/countercheck-${b}.zip`))).digest('hex')));
    const elsewhere = await mkdtemp(join(tmpdir(), 'countercheck-build-'));
    const folder = join(elsewhere, 'a folder of another name');
    await mkdir(folder);
    for (const name of ['extension', 'src', 'LICENSE', 'NOTICE', 'package.json', 'pkg']) await cp(join(root, name), join(folder, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    execFileSync(process.execPath, ['extension/build.mjs'], { cwd: folder, env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8' } });
    assert.deepEqual(await digests(folder), await digests(root));
    await rm(elsewhere, { recursive: true, force: true });
  });

  test('store texts name every permission and fit their limits', async () => {
    const docs = join(DIST, '../docs/store');
    const [listing, permissions, privacy] = await Promise.all(['listing.md', 'permissions.md', 'privacy.md'].map((name) => readFile(join(docs, name), 'utf8')));
    for (const browser of BROWSERS) {
      const { permissions: asked, optional_host_permissions: optional } = await manifestOf(browser);
      for (const name of [...asked, ...optional]) assert.ok(permissions.includes(`\`${name}\``), name);
    }
    const summary = /## Summary\n\n(.+)\n/.exec(listing)?.[1] ?? '';
    assert.ok(summary.length > 20 && summary.length <= 132, `${summary.length} characters`);
    assert.match(privacy, /no data/i);
  });
});
