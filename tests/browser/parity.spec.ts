// The wasm that the page ships grades every fixture to the bytes that native code gave.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { profile } from '../../tools/product.mjs';
import { root } from './product';
import { expect, test } from './test';

const folder = join(root, 'shared/tests/data/grading');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const names = readdirSync(folder).filter((name) => /^[^.]+\.json$/.test(name));

test('the page grades every fixture to the bytes of native code @desk', async ({ page, company }) => {
    expect(names.length).toBeGreaterThanOrEqual(8);
    const standard = readFileSync(join(root, 'shared/policies/default.json'), 'utf8');
    const cases = names.map((name) => {
        const { policy, cohort, inputs } = JSON.parse(read(name));
        const body = policy === 'default' ? standard : typeof policy === 'string' ? read(`../policies/${policy}.json`) : JSON.stringify(policy);
        return { name, policy: body, cohort: JSON.stringify(cohort ?? {}), inputs: JSON.stringify(inputs) };
    });

    // The shipped module under the glue it was made with, on a page that has nothing else.
    const glue = join(root, 'build', profile(), 'app');
    await page.route('**/parity/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>parity</title>' }));
    await page.route(/\/parity\/.+\.(js|wasm)$/, (route) => {
        const name = basename(new URL(route.request().url()).pathname);
        const contentType = name.endsWith('.js') ? 'text/javascript' : 'application/wasm';
        return route.fulfill({ contentType, path: join(glue, name) });
    });
    await page.goto(`${company.url}/parity/`);
    const graded = await page.evaluate(async (cases) => {
        const index = await (await fetch('/')).text();
        const wasm = /href="(\/assets\/app_bg-[^"]+\.wasm)"/.exec(index)?.[1] ?? 'the page names no wasm';
        const app = await import(/* @vite-ignore */ String('/parity/app.js'));
        await app.default({ module_or_path: wasm });
        const all = cases.map(async ({ name, policy, cohort, inputs }) => [name, (await app.grade_json(policy, inputs, cohort)) as string]);
        return Promise.all(all);
    }, cases);

    for (const [name = '', bytes] of graded) {
        expect(bytes, name).toBe(read(name.replace('.json', '.expected.json')).trimEnd());
    }
});
