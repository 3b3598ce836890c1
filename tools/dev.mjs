// Serves the debug build with demo data and rebuilds the half that changed.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { resolve } from 'node:path';
import { onEnd, prepareDemo, seedDemo, setupSecret, start } from './product.mjs';

process.env.FENJI_PROFILE = 'debug';
const state = resolve(process.env.STATE ?? '.state/dev');
const secret = setupSecret(state, process.env.SETUP_SECRET);
prepareDemo(state);
// Without its service worker: reloading shows the build made last.
const product = await start({
    port: Number(process.env.PORT ?? 8787),
    state,
    vars: { SETUP_SECRET: secret },
    withheld: ['/sw.js'],
});
onEnd(product.stop);

const accounts = await seedDemo(product.url, state, secret);
console.log(`\n${accounts.trimEnd()}\n\nready ${product.url}\n`);

// What each folder feeds; a change in `shared` concerns both halves.
const feeds = { shared: ['worker', 'app'], api: ['worker'], app: ['app'], style: ['app'] };
const dirty = new Set();
let timer;
let busy = false;

function build(part) {
    return new Promise((done) => {
        spawn('tools/build.sh', ['debug', part], { stdio: 'inherit' }).on('close', (code) => done(code === 0));
    });
}

async function rebuild() {
    if (busy) return;
    busy = true;
    while (dirty.size) {
        const parts = [...dirty];
        dirty.clear();
        const began = Date.now();
        let built = true;
        for (const part of parts) built = (await build(part)) && built;
        if (built && !dirty.size) {
            try {
                await product.reload();
                console.log(`rebuilt ${parts.join(' and ')} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
            } catch (error) {
                console.error(`rebuilt, but it does not run: ${error.message}`);
            }
        }
    }
    busy = false;
}

for (const [folder, parts] of Object.entries(feeds)) {
    watch(folder, { recursive: true }, (_, name) => {
        if (!name || /(^|\/)(\.|target\/)|~$/.test(name)) return;
        for (const part of parts) dirty.add(part);
        clearTimeout(timer);
        timer = setTimeout(rebuild, 300);
    });
}
