// Bundles the page: hashed files, one stylesheet, the spreadsheet module as a
// Web Worker of its own. FENJI_PROFILE says which build of the wasm goes in.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { NOT_SENT, onDemand } from '../tools/on-demand.mjs';

const profile = process.env.FENJI_PROFILE ?? 'debug';
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const build = at(`../build/${profile}`);

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

/** Puts the icons into the page, where every `use` finds them without a request. */
function inlineIcons(): Plugin {
    return {
        name: 'inline-icons',
        transformIndexHtml: () => [
            { tag: 'div', attrs: { hidden: true }, children: readFileSync(at('icons.svg'), 'utf8').trim(), injectTo: 'body-prepend' },
        ],
    };
}

/** Tells the service worker which files the first screen takes, and a version that changes with them. */
function listForOffline(): Plugin {
    return {
        name: 'list-for-offline',
        writeBundle({ dir }) {
            const folder = dir ?? '.';
            const worker = join(folder, 'sw.js');
            const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
                .filter((path) => statSync(join(folder, path)).isFile())
                .filter((path) => path !== 'sw.js' && !NOT_SENT.includes(path) && !onDemand(path))
                .sort();
            const text = readFileSync(worker, 'utf8');
            const hash = createHash('sha256').update(text);
            for (const path of files) hash.update(`\0${path}\0`).update(readFileSync(join(folder, path)));
            // The page is served at the root; under its own name the platform redirects there.
            const paths = files.map((path) => (path === 'index.html' ? '/' : `/${path}`));
            const version = hash.digest('hex').slice(0, 16);
            writeFileSync(worker, `const FILES=${JSON.stringify(paths)},VERSION=${JSON.stringify(version)};\n${text}`);
        },
    };
}

export default defineConfig({
    root: at('.'),
    resolve: { alias: { '#wasm': build } },
    plugins: [preloadWasm(), inlineIcons(), listForOffline()],
    worker: { format: 'es' },
    build: {
        outDir: `${build}/dist`,
        emptyOutDir: true,
        rolldownOptions: {
            input: { index: at('index.html'), sw: at('sw.ts') },
            // The browser asks for a service worker under the same name each time.
            output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
        },
        // Everything from a file of its own: the page's policy allows nothing inline.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: 'es2022',
        minify: profile === 'release',
        reportCompressedSize: false,
        chunkSizeWarningLimit: 4096,
    },
});
