// The engine as wasm under Node beside rule engines from npm: engine.mjs FOLDER ROUNDS WASM_FOLDER
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ZenEngine } from '@gorules/zen-engine';
import { Engine } from 'json-rules-engine';
import { jsonRules } from './peers.mjs';
import { inTurn, report } from './turns.mjs';

const [, , folder, rounds, wasm] = process.argv;
const { Book, Way } = await import(pathToFileURL(join(wasm, 'bench.js')));
const read = (name) => readFileSync(join(folder, name), 'utf8');
const policy = JSON.parse(read('policy.json'));
const book = new Book(read('policy.json'), read('customers.json'));
const customers = JSON.parse(read('flat.json'));
const expected = book.all(Way.Explained);
assert.deepEqual(book.all(Way.Fast), expected);

const agrees = (index, { tier, score }, peer) =>
    assert.deepEqual([Number(tier), Number(score)], [expected[2 * index], expected[2 * index + 1]], `${peer}, customer ${index}`);

const zens = ['tables', 'expressions'].flatMap((model) => {
    const decision = new ZenEngine().createDecision(Buffer.from(read(`zen-${model}.json`)));
    const zen = (trace) => async (customer) => (await decision.evaluate(customer, { trace })).result;
    const peer = `@gorules/zen-engine, ${model}`;
    return [{ peer, evaluate: zen(false) }, { peer: `${peer}, traced`, evaluate: zen(true), explains: true }];
});

const { rules, finish } = jsonRules(policy);
const engine = new Engine(rules);
const run = async (customer) => finish(customer, (await engine.run(customer)).events.map(({ type, params }) => ({ type, params })));
const peers = [...zens, { peer: 'json-rules-engine', evaluate: run }];
const ways = [['explained', Way.Explained], ['plain', Way.Plain], ['fast', Way.Fast]];

for (const { peer, evaluate, explains } of peers) {
    // Every hundredth is enough to tell that the peer grades by the same policy.
    for (let index = 0; index < customers.length; index += 100) agrees(index, await evaluate(customers[index]), peer);
    // What explains itself is no peer of what does not.
    for (const [name, way] of ways.filter(([, way]) => !explains || way !== Way.Fast)) {
        report(name, peer, await inTurn(Number(rounds), () => book.run(way), async () => {
            for (const customer of customers) await evaluate(customer);
        }));
    }
}
