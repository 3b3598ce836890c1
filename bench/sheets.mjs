// Reading a ledger of 100,000 invoices in wasm beside SheetJS: sheets.mjs ROUNDS WASM_FOLDER [ROWS]
// Ours is timed twice: opened (cells to a grid, beside SheetJS without typing) and read (every row typed and
// checked, beside SheetJS as it comes, which types each cell).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import XLSX from 'xlsx';
import { inTurn, report } from './turns.mjs';

const [, , rounds, wasm, count = '100000'] = process.argv;
const { Workbench } = await import(pathToFileURL(join(wasm, 'sheets.js')));

const two = (number) => String(number).padStart(2, '0');
const day = (offset) => new Date(Date.UTC(2025, 0, 1 + (offset % 365))).toISOString().slice(0, 10);
const head = ['客户编号', '客户名称', '发票号', '开票日期', '到期日', '金额', '结清日期', '争议'];
const rows = [head, ...Array.from({ length: Number(count) }, (_, n) => [
    `K${two(n % 400)}`, `第${n % 400}机械制造有限公司`, `INV-${n}`, day(n), day(n + 30), (n * 37) % 900_000 + 0.5, day(n + 20 + (n % 40)), n % 17 === 0 ? '是' : '否',
])];
const sheet = XLSX.utils.aoa_to_sheet(rows);
const files = {
    xlsx: XLSX.write({ SheetNames: ['台账'], Sheets: { 台账: sheet } }, { type: 'buffer', bookType: 'xlsx', compression: true }),
    csv: Buffer.from(`\ufeff${XLSX.utils.sheet_to_csv(sheet)}`),
};

const quiet = () => {};
const ask = (bench, request, bytes) => JSON.parse(bench.run(JSON.stringify(request), bytes, quiet));

function open(kind) {
    const bench = new Workbench();
    return [bench, ask(bench, { op: 'open', file_name: `ledger.${kind}` }, new Uint8Array(files[kind]))];
}

function read(kind) {
    const [bench, { guess }] = open(kind);
    const summary = ask(bench, { op: 'read', shape: guess.shape, mapping: guess.mapping });
    bench.free();
    return summary;
}

/** `raw` leaves the texts of a csv as they are; without it they are typed, as it does by default. */
function peer(kind, raw) {
    const bookRead = XLSX.read(files[kind], { type: 'buffer', dense: true, raw });
    return XLSX.utils.sheet_to_json(bookRead.Sheets[bookRead.SheetNames[0]], { header: 1 });
}

for (const kind of ['xlsx', 'csv']) {
    assert.equal(read(kind).rows, Number(count), 'every row is read');
    assert.equal(peer(kind, false).length, rows.length, 'the peer reads every row');
    report(`${kind}, opened`, 'SheetJS', await inTurn(Number(rounds), () => open(kind)[0].free(), () => peer(kind, true)));
    report(`${kind}, read and checked`, 'SheetJS', await inTurn(Number(rounds), () => read(kind), () => peer(kind, false)));
}
