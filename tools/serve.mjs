// @ts-check
// Serves a folder on loopback: `node tools/serve.mjs FOLDER [PORT]`. Port 0 takes a free one.
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/**
 * The file that a request names; rejects if it is outside the folder, or not there.
 * @param {string} root @param {string} target
 */
async function fileFor(root, target) {
  const file = resolve(root, `.${decodeURIComponent(new URL(target, 'http://localhost').pathname)}`);
  if (file !== root && !file.startsWith(root + sep)) throw new Error('outside');
  return (await stat(file)).isDirectory() ? join(file, 'index.html') : file;
}

/**
 * Starts the server and resolves to its address.
 * @param {string} folder @param {number} port
 * @returns {Promise<{url: string, close: () => void}>}
 */
export function serve(folder, port) {
  const root = resolve(folder);
  const server = createServer(async (request, response) => {
    const file = await fileFor(root, request.url ?? '/').catch(() => null);
    if (!file || !existsSync(file)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
      return;
    }
    const type = TYPES[/** @type {keyof TYPES} */ (extname(file))] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
    createReadStream(file).pipe(response);
  });
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const address = /** @type {import('node:net').AddressInfo} */ (server.address());
      done({ url: `http://127.0.0.1:${address.port}/`, close: () => server.close() });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, port] = process.argv.slice(2);
  try {
    const { url } = await serve(folder, Number(port ?? 8080));
    console.log(`Serving ${folder} at ${url} (Ctrl-C ends it)`);
  } catch (error) {
    console.error(`serve: port ${port}: ${/** @type {Error} */ (error).message}. Try ./build.sh demo --port 0`);
    process.exit(1);
  }
}
