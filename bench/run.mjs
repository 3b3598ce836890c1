// Runs every comparison and writes BENCHMARKS.md: run.mjs DATA NATIVE WASM
// DATA is a folder to work in, NATIVE the program of main.rs, WASM the folder of the modules for Node.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const CUSTOMERS = 10_000;
const ROUNDS = 11;
const [, , data, native, wasm] = process.argv;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

function lines(program, ...args) {
    console.error(`bench: ${[program, ...args].join(' ')}`);
    const said = execFileSync(program, args.map(String), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
    return said.trim().split('\n').map((line) => JSON.parse(line));
}
const node = (script, ...args) => lines(process.execPath, here(script), ...args);

const at = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const median = (list) => at(list, 0.5);
const round = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

function table(title, results) {
    const rows = results.map(({ name, peer, ours_ms, peer_ms }) => {
        const ratios = peer_ms.map((time, index) => time / ours_ms[index]);
        return `| ${name} | ${peer} | ${round(median(ours_ms))} | ${round(median(peer_ms))} | **${round(median(ratios))} ×** | ${round(Math.min(...ratios))} – ${round(Math.max(...ratios))} |`;
    });
    return [`## ${title}`, '', '| ours | peer | ours, ms | peer, ms | ratio | from – to |', '| --- | --- | --: | --: | --: | --: |', ...rows, ''].join('\n');
}

execFileSync(process.execPath, [here('prepare.mjs'), data, String(CUSTOMERS)], { stdio: 'inherit' });
const natively = lines(native, data, ROUNDS);
const inNode = node('engine.mjs', data, 3, wasm);
const sheets = node('sheets.mjs', 9, wasm);
const [preview] = node('preview.mjs', 110);

const times = preview.ours_ms;
const late = times.filter((time) => time > 16).length;
const processor = cpus();
const text = [
    '# Benchmarks',
    '',
    '`make bench` measures this and writes it down. A ratio is taken round by round, ours and the peer in turn, so it holds',
    'where a machine is slow or busy; milliseconds are of the machine named here. The peers get the same customers and must',
    'give the same tier and score for each before anything is timed; what they have no notion of (evidence floor, ways up)',
    'they are spared.',
    '',
    `${new Date().toISOString().slice(0, 10)} · ${processor[0]?.model.trim()} · ${processor.length} cores · Node ${process.version}`,
    '',
    table(`Grading ${CUSTOMERS.toLocaleString('en')} customers by the default policy, natively`, natively),
    'Explained: every line, gate and way up. Plain: every line and gate, without ways up. Fast: tier and score, for whole',
    'books. zen-engine is given the policy twice: as decision tables, as its editor makes them, and as one expression, the',
    'least it can do. Traced, it says as well what went into each node, what came out, and by which row, which is its',
    'explanation.',
    '',
    table('The same as wasm under Node', inNode),
    table('Reading a ledger of 100,000 invoices as wasm under Node', sheets),
    'Opened: cells to a grid; SheetJS is spared typing the texts of a csv. Read and checked: every row typed, dated and',
    'verified as well; SheetJS types each cell, as it does unless told otherwise.',
    '',
    '## The preview',
    '',
    `From the move of a slider to the painted new grade, at 390 px with the CPU slowed down four times, ${times.length} moves:`,
    `median ${round(median(times))} ms, 95 % within ${round(at(times, 0.95))} ms, ${late} over one frame of 16 ms.`,
    '',
    'In turn with it on the same page, the same slider by itself, with nothing graded and none of our code:',
    `median ${round(median(preview.alone_ms))} ms. A move costs ${round(median(times.map((time, index) => time / preview.alone_ms[index])))} times as much.`,
    '',
].join('\n');
const file = here('../BENCHMARKS.md');
writeFileSync(file, text);
console.log(readFileSync(file, 'utf8'));
