// options.mjs debug|release: writes build/<profile>/options.json, what workerd
// needs to run that build. wrangler.toml stays the one description; reading it
// takes wrangler a second, which the servers of the tests would each pay.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unstable_getMiniflareWorkerOptions as optionsOf, unstable_readConfig as readConfig } from 'wrangler';

const profile = process.argv[2];
const out = fileURLToPath(new URL(`../build/${profile}`, import.meta.url));
const config = readConfig({ config: fileURLToPath(new URL('../wrangler.toml', import.meta.url)) });
config.main = `${out}/worker/index.js`;
config.assets.directory = `${out}/dist`;
const { workerOptions } = optionsOf(config);
delete workerOptions.modulesRules;

const modules = [
    { type: 'ESModule', path: `${out}/worker/index.js` },
    { type: 'CompiledWasm', path: `${out}/worker/index_bg.wasm` },
];
for (const { path } of modules) readFileSync(path);
writeFileSync(`${out}/options.json`, JSON.stringify({ ...workerOptions, name: config.name, modulesRoot: `${out}/worker`, modules }, null, 1));
