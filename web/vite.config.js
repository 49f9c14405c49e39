import react from '@vitejs/plugin-react';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

/** Leaves each text file compressed beside itself, so that the server only has to send it. */
const compressed = () => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir }) {
    for (const name of readdirSync(dir, { recursive: true })) {
      if (!/\.(js|css|html|svg)$/.test(name)) continue;
      const file = join(dir, name);
      const bytes = readFileSync(file);
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      writeFileSync(`${file}.br`, brotliCompressSync(bytes));
    }
  },
});

export default defineConfig({
  plugins: [react(), compressed()],
  resolve: {
    // The client is taken from its source, so that nothing has to be built or installed there first.
    alias: { '@chatgenius/client': fileURLToPath(new URL('../clients/typescript/src/index.ts', import.meta.url)) },
    dedupe: ['@microsoft/signalr'],
  },
  build: {
    target: 'es2022',
    // light-dark() is left as it is: browsers older than these do not know it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The server's content policy lets nothing inline in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(['/api', '/connect', '/realtime'].map((path) => [path, { target: 'http://127.0.0.1:8080', ws: true }])) },
});
