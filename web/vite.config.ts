import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: {
    // The client is taken from its source, so that nothing has to be built or installed there first.
    alias: { '@chatgenius/client': new URL('../clients/typescript/src/index.ts', import.meta.url).pathname },
    dedupe: ['@microsoft/signalr'],
  },
  build: {
    target: 'es2022',
    // light-dark() is left as it is: older browsers than these have no field for it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The server's content policy lets nothing inline in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(['/api', '/connect', '/realtime'].map((path) => [path, { target: 'http://127.0.0.1:8080', ws: true }])) },
});
