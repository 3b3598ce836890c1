// Writes what every program of a run reads: prepare.mjs FOLDER CUSTOMERS
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { book } from './book.mjs';
import { flat, zenExpressions, zenTables } from './peers.mjs';

const [, , folder, count] = process.argv;
const policy = JSON.parse(readFileSync(new URL('../shared/policies/default.json', import.meta.url)));
const customers = book(policy, Number(count));
mkdirSync(folder, { recursive: true });
for (const [name, value] of Object.entries({
    'policy.json': policy,
    'customers.json': customers,
    'flat.json': customers.map(flat),
    'zen-tables.json': zenTables(policy),
    'zen-expressions.json': zenExpressions(policy),
})) {
    writeFileSync(join(folder, name), JSON.stringify(value));
}
