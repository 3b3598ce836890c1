// Bundles the page: hashed files, one stylesheet, the spreadsheet module as a
// Web Worker of its own. FENJI_PROFILE says which build of the wasm goes in.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const profile = process.env.FENJI_PROFILE ?? 'debug';
const build = fileURLToPath(new URL(`../build/${profile}`, import.meta.url));

/** Lets the browser fetch the app's wasm while it still reads the script. */
function preloadWasm(): Plugin {
    return {
        name: 'preload-wasm',
        transformIndexHtml: {
            order: 'post',
            handler(_html, { bundle }) {
                const wasm = Object.keys(bundle ?? {}).find((name) => /\/app_bg-[^/]+\.wasm$/.test(name));
                if (!wasm) throw new Error('the app has no wasm');
                const attrs = { rel: 'preload', as: 'fetch', type: 'application/wasm', crossorigin: true, href: `/${wasm}` };
                return [{ tag: 'link', attrs, injectTo: 'head' }];
            },
        },
    };
}

export default defineConfig({
    root: fileURLToPath(new URL('.', import.meta.url)),
    resolve: { alias: { '#wasm': build } },
    plugins: [preloadWasm()],
    worker: { format: 'es' },
    build: {
        outDir: `${build}/dist`,
        emptyOutDir: true,
        // Everything from a file of its own: the page's policy allows nothing inline.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: 'es2022',
        minify: profile === 'release',
        reportCompressedSize: false,
        chunkSizeWarningLimit: 4096,
    },
});
