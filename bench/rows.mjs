// What a page costs the database, in statements and rows read, at growing sizes of the book; puts its section into
// BENCHMARKS.md. By itself: tools/bench.sh rows
//
// The demo company is loaded, and its customers are copied in the database, with everything that a page reads of one,
// until there are as many as wanted. Triggers keep the sums and the search meanwhile, as they do for an import. The
// figures are those that the Worker counts for the tests, so that they are the same on every machine.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareDemo, seedDemo, setupSecret, start } from '../tools/product.mjs';

const SIZES = [1_000, 10_000, 100_000];
/** Customers copied in one transaction. */
const STRETCH = 2_000;
/** 2026-03-26, 10:00 in China. */
const NOW = '1774490400000';
const PASSWORD = 'fenji-demo-2026';
const TITLE = '## Rows read as the book grows';

/** Runs beside the Worker, on its database: the statements it is given, as one transaction; answers the last one's rows. */
const BESIDE = `
export default {
    async fetch(request, { DB: db }) {
        const batch = (await request.json()).map(([sql, ...values]) => db.prepare(sql).bind(...values));
        return Response.json((await db.batch(batch)).at(-1).results);
    },
};`;

/** A copy of customers: of the table's own columns, but for those that tell customers apart. */
const COPY = [
    // Numbers come as floats.
    `CREATE TABLE copied AS WITH RECURSIVE
        asked (low, high, demo) AS (SELECT CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER)),
        turns (turn) AS (SELECT low / demo FROM asked UNION ALL SELECT turn + 1 FROM turns, asked WHERE turn < high / demo)
     SELECT c.seq AS source, c.id AS source_id, c.id || '-' || turn AS id, turn
     FROM asked CROSS JOIN turns CROSS JOIN customers c
     WHERE c.seq <= demo AND turn * demo + c.seq > low AND turn * demo + c.seq <= high`,
    `INSERT INTO customers (id, code, name, initials, unit_id, rep_id, segment, since, year, tier, previous_tier, provisional,
        score, evidence, missing, sales, computed_tier, due_on)
     SELECT x.id, c.code || '-' || x.turn, c.name || x.turn, c.initials || x.turn, c.unit_id, c.rep_id, c.segment, c.since, c.year, c.tier,
        c.previous_tier, c.provisional, c.score, c.evidence, c.missing, c.sales + x.turn * 131, c.computed_tier, c.due_on
     FROM copied x JOIN customers c ON c.seq = x.source`,
    `INSERT INTO customer_search (rowid, text, scope)
     SELECT c.seq, s.text, c.scope FROM copied x JOIN customers c ON c.id = x.id JOIN customer_search s ON s.rowid = x.source`,
    `INSERT INTO figures (customer_id, year, figures)
     SELECT x.id, f.year, f.figures FROM copied x JOIN figures f ON f.customer_id = x.source_id`,
    `INSERT INTO assessments (customer_id, year, policy_id, graded_at, tier, provisional, score, evidence, missing, sales, inputs, explanation)
     SELECT x.id, a.year, a.policy_id, a.graded_at, a.tier, a.provisional, a.score, a.evidence, a.missing, a.sales, a.inputs, a.explanation
     FROM copied x JOIN assessments a ON a.customer_id = x.source_id`,
    'DROP TABLE copied',
    'SELECT count(*) AS customers FROM customers',
];

/** The pages, each a name and how it is asked for. */
const pages = (customer) => [
    ['The dashboard', '/dashboard'],
    ['Customers, the first page', '/customers'],
    ['… of a tier', '/customers?tier=B'],
    ['… with missing data', '/customers?missing=true'],
    ['… found by a part of the name', `/customers?q=${encodeURIComponent('有限公司')}`],
    ['… found by pinyin initials', '/customers?q=yz'],
    ['A customer', `/customers/${customer}`],
    ['What waits for a person', '/duties'],
];

async function signIn(url) {
    const answer = await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-fenji': '1' },
        body: JSON.stringify({ login: 'promotion', password: PASSWORD }),
    });
    if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
    const cookie = answer.headers.get('set-cookie').split(';')[0];
    return (path) => fetch(`${url}/api/v1${path}`, { headers: { cookie } });
}

/** For each page its cost at each size: statements, and rows read. */
async function measure() {
    const state = mkdtempSync(join(tmpdir(), 'fenji-rows-'));
    const secret = setupSecret(state, 'only-for-a-benchmark');
    prepareDemo(state);
    const product = await start({ port: 0, state, vars: { SETUP_SECRET: secret, TEST_NOW: NOW }, beside: BESIDE });
    try {
        await seedDemo(product.url, state, secret);
        const run = async (...batch) => {
            const answer = await product.beside(JSON.stringify(batch));
            if (!answer.ok) throw new Error(await answer.text());
            return answer.json();
        };
        const get = await signIn(product.url);
        const [{ customers: demo }] = await run(['SELECT count(*) AS customers FROM customers']);
        const first = (await (await get('/customers?limit=1')).json()).items[0].id;
        const found = new Map();
        let size = demo;
        for (const wanted of SIZES) {
            while (size < wanted) {
                const to = Math.min(size + STRETCH, wanted);
                const [{ customers }] = await run(...COPY.map((sql, at) => (at === 0 ? [sql, size, to, demo] : [sql])));
                if (customers !== to) throw new Error(`${customers} customers instead of ${to}`);
                size = to;
            }
            console.error(`bench: ${size} customers`);
            for (const [name, path] of pages(first)) {
                const answer = await get(path);
                const body = await answer.text();
                if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`);
                const cost = ['statements', 'rows-read'].map((what) => Number(answer.headers.get(`x-fenji-${what}`)));
                found.set(name, [...(found.get(name) ?? []), cost]);
            }
        }
        return found;
    } finally {
        await product.stop();
        rmSync(state, { recursive: true, force: true });
    }
}

const number = (value) => value.toLocaleString('en');

function section(found) {
    const rows = [...found].map(([name, costs]) => {
        const statements = [...new Set(costs.map(([statements]) => statements))];
        return `| ${name} | ${statements.join(' – ')} | ${costs.map(([, read]) => number(read)).join(' | ')} |`;
    });
    const processor = cpus();
    return [
        TITLE,
        '',
        `| page | statements | ${SIZES.map((size) => `${number(size)} customers`).join(' | ')} |`,
        `| --- | --: |${' --: |'.repeat(SIZES.length)}`,
        ...rows,
        '',
        'Rows that the database read for one answer, indexes included, the session\'s among them; a page of a list has 50 rows.',
        'What still grows ends at a bound: the dashboard has at most ninety classes of size for each digit of the amounts, of a',
        'search by initials only so many are ranked, and of new customers that are due at most a hundred are counted.',
        `Counted ${new Date().toISOString().slice(0, 10)} · ${processor[0]?.model.trim()} · ${processor.length} cores · Node ${process.version}.`,
        '',
    ].join('\n');
}

const file = fileURLToPath(new URL('../BENCHMARKS.md', import.meta.url));
const text = section(await measure());
const before = readFileSync(file, 'utf8');
const from = before.indexOf(TITLE);
// The section ends where the next begins.
const next = from < 0 ? -1 : before.indexOf('\n## ', from);
const rest = from < 0 ? `${before}\n` : before.slice(0, from);
writeFileSync(file, next < 0 ? rest + text : `${rest}${text}${before.slice(next)}`);
console.log(text);
