// @ts-check
// What the page says about itself: title, address, date, language.

/**
 * @param {Document} doc
 * @param {Element} root  the article
 * @returns {{ title: string, url: string, published?: string, lang?: string }}
 */
export function readMeta(doc, root) {
  const published = publishedOf(doc, root);
  const lang = (root.closest('[lang]') ?? doc.documentElement).getAttribute('lang');
  return {
    title: titleOf(doc, root),
    url: doc.location?.href.replace(/#.*$/, '') ?? '',
    ...(published ? { published } : {}),
    ...(lang ? { lang } : {}),
  };
}

/** The heading that the page also names itself by; else its only heading. @param {Document} doc @param {Element} root */
function titleOf(doc, root) {
  const shared = doc.querySelector('meta[property="og:title"]')?.getAttribute('content') ?? '';
  const headings = [...root.querySelectorAll('h1'), ...doc.querySelectorAll('h1')].map((h) => plain(h.textContent ?? ''));
  const named = headings.find((text) => text.length > 10 && (plain(shared).includes(text) || plain(doc.title).includes(text)));
  return named ?? (plain(shared) || headings[0] || plain(doc.title));
}

/** @param {string} text */
function plain(text) {
  return text.replace(/\s+/g, ' ').trim();
}

/** The date of publication in whatever form the page has it. @param {Document} doc @param {Element} root */
function publishedOf(doc, root) {
  const linked = fromLinkedData(doc);
  if (linked) return linked;
  const meta = doc.querySelector(
    'meta[property="article:published_time"], meta[name="article:published_time"], meta[itemprop="datePublished"], meta[name="date"], meta[name="dc.date"]',
  );
  const content = meta?.getAttribute('content')?.trim();
  if (content) return content;
  const inside = '[itemprop="datePublished"], time[pubdate], time[datetime]';
  const time = root.querySelector(inside) ?? (root.parentElement ?? root).querySelector(`header ${inside}, ${inside}`);
  const value = time?.getAttribute('datetime') ?? time?.getAttribute('content') ?? time?.textContent;
  return value?.trim() || dayIn(doc.location?.pathname ?? '');
}

/** The day that an address has as folders: `/2017/01/13/…`. @param {string} path */
function dayIn(path) {
  const found = /\/((?:19|20)\d\d)\/(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])(?:\/|$)/.exec(path);
  return found ? [found[1], found[2].padStart(2, '0'), found[3].padStart(2, '0')].join('-') : undefined;
}

/** `datePublished` of the first article in the page's JSON-LD. @param {Document} doc */
function fromLinkedData(doc) {
  for (const script of doc.querySelectorAll('script[type="application/ld+json"]')) {
    const text = script.textContent ?? '';
    if (!text.includes('datePublished') || text.length > 1_000_000) continue;
    try {
      const found = findDate(JSON.parse(text), 0);
      if (found) return found;
    } catch {
      // Pages do carry broken JSON-LD; the other places may still have the date.
    }
  }
  return undefined;
}

/**
 * @param {unknown} data @param {number} depth
 * @returns {string | undefined}
 */
function findDate(data, depth) {
  if (!data || typeof data !== 'object' || depth > 6) return undefined;
  const own = /** @type {Record<string, unknown>} */ (data).datePublished;
  if (typeof own === 'string' && own.trim()) return own.trim();
  for (const value of Object.values(data)) {
    const found = findDate(value, depth + 1);
    if (found) return found;
  }
  return undefined;
}
