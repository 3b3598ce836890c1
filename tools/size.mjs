// Prints one JSON object: bytes of every file of the release build that is
// shipped, raw and as sent (brotli for the page, gzip for the Worker, whose
// limit counts so), and the totals that have a budget. Fails past a budget.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { NOT_SENT, onDemand } from './on-demand.mjs';

const FIRST_SCREEN_BROTLI = 350_000;
const WORKER_GZIP = 1_000_000;

const build = fileURLToPath(new URL('../build/release/', import.meta.url));
const brotli = (data) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length } }).length;
const gzip = (data) => gzipSync(data, { level: 9 }).length;

function filesUnder(folder) {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
        .sort();
}

const page = filesUnder(join(build, 'dist'))
    .filter((path) => !NOT_SENT.includes(path))
    .map((path) => {
        const data = readFileSync(join(build, 'dist', path));
        return { path, raw: data.length, brotli: brotli(data), on_demand: onDemand(path) };
    });
const worker = ['index.js', 'index_bg.wasm'].map((path) => {
    const data = readFileSync(join(build, 'worker', path));
    return { path, raw: data.length, gzip: gzip(data) };
});

const total = (files, key) => files.reduce((sum, file) => sum + file[key], 0);
const first = page.filter((file) => !file.on_demand);
const report = {
    page,
    worker,
    first_screen: { raw: total(first, 'raw'), brotli: total(first, 'brotli'), budget: FIRST_SCREEN_BROTLI },
    worker_script: { raw: total(worker, 'raw'), gzip: total(worker, 'gzip'), budget: WORKER_GZIP },
};
console.log(JSON.stringify(report, null, 2));

for (const [name, bytes] of [['first_screen', report.first_screen.brotli], ['worker_script', report.worker_script.gzip]]) {
    const { budget } = report[name];
    if (bytes > budget) {
        console.error(`${name}: ${bytes} bytes compressed, the budget is ${budget}`);
        process.exitCode = 1;
    }
}
