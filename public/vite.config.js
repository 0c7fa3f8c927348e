/** Builds the explorer from this folder into dist/public, which the service serves at `/`. */
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

/** Scripts and styles packed as tightly as can be, once for all who ask. */
const packed = {
  name: 'packed',
  generateBundle(_options, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (!/\.(js|css)$/.test(fileName)) continue;
      const source = file.type === 'chunk' ? file.code : file.source;
      this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(source) });
      this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source, { level: 9 }) });
    }
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  plugins: [packed],
  // While it is being worked on (npx vite --config public/vite.config.js), a service answers the questions.
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/v1', '/graphql', '/docs', '/openapi.json'].map((path) => [
        path,
        process.env.GOVDATA_URL ?? 'http://127.0.0.1:3000',
      ]),
    ),
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../dist/public', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The policy of the page allows no style that stands in a script or an attribute.
    assetsInlineLimit: 0,
  },
});
