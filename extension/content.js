// @ts-check
// The page half's entry: joins the page to the background. Runs only where it was asked for.
import { Session } from './page/session.js';
import { api } from './tab.js';

/** Known to our own script world only; the page cannot see it. */
const KEY = Symbol.for('countercheck');
/** @type {any} */
const world = globalThis;

function begin() {
  const off = new AbortController();
  const { signal } = off;
  /** Open popups. @type {Set<chrome.runtime.Port>} */
  const ports = new Set();
  let first = true;

  const session = new Session({
    doc: document,
    signal,
    say: (key, ...values) => api.i18n.getMessage(key, values.map(String)),
    async ask(page) {
      // After an update of the extension this script is an orphan: it leaves the page.
      if (!api.runtime?.id) {
        off.abort();
        return { error: 'gone' };
      }
      const answer = await api.runtime.sendMessage({ do: 'check', page, first });
      first = false;
      if (answer.off) off.abort();
      return answer.off ? { error: 'off' } : answer;
    },
    changed: (state) => ports.forEach((port) => port.postMessage(state)),
  });

  /** @param {import('./tab.js').Order} order @param {unknown} _sender @param {(answer: unknown) => void} answer */
  const onMessage = (order, _sender, answer) => {
    if (order?.do === 'off') off.abort();
    else if (order?.do === 'jump') return void answer(session.jump(order.index));
    else if (order?.do === 'step') return void answer(session.step(order.by));
    else if (order?.do !== 'state') return;
    answer(session.state);
  };
  /** @param {chrome.runtime.Port} port */
  const onConnect = (port) => {
    ports.add(port);
    port.onDisconnect.addListener(() => ports.delete(port));
    port.postMessage(session.state);
  };
  api.runtime.onMessage.addListener(onMessage);
  api.runtime.onConnect.addListener(onConnect);
  signal.addEventListener('abort', () => {
    api.runtime?.onMessage.removeListener(onMessage);
    api.runtime?.onConnect.removeListener(onConnect);
    delete world[KEY];
  });
  return session;
}

if (world[KEY]) world[KEY].read();
else world[KEY] = begin();
