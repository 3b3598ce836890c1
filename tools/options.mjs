// options.mjs debug|release: writes to build/<profile> what running it takes:
//
//   options.json     how workerd runs it, out of wrangler.toml
//   migrations.json  the statements of each migration, as wrangler splits them
//
// wrangler takes a second to say either, which each server of the tests would pay.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
    unstable_getMiniflareWorkerOptions as optionsOf,
    unstable_readConfig as readConfig,
    unstable_splitSqlQuery as split,
} from 'wrangler';

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

const folder = fileURLToPath(new URL('../api/migrations/', import.meta.url));
const migrations = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, statements: split(readFileSync(folder + name, 'utf8')) }));
writeFileSync(`${out}/migrations.json`, JSON.stringify(migrations, null, 1));
