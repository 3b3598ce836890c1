// Makes the two states that servers of the tests begin with: an empty company with its people,
// and the demo. Hashing passwords takes most of it, so it is done once per run.
import { rmSync } from 'node:fs';
import { Api } from './api';
import { SECRET, startProduct, template } from './product';

async function company(): Promise<void> {
    const state = template('company');
    rmSync(state, { recursive: true, force: true });
    const product = await startProduct({ state });
    const admin = await Api.setUp(product.url, SECRET);
    const one = await admin.post('/units', { name: '销售一科', kind: 'section', active: true });
    await admin.post('/units', { name: '云泽代表处', kind: 'office', active: true });
    await admin.hire('promotion', '苏婷', 'promotion');
    await admin.hire('chief', '陈志远', 'section_chief', one.id);
    await admin.hire('rep', '李晓梅', 'rep', one.id);
    await product.stop();
}

async function demo(): Promise<void> {
    const state = template('demo');
    rmSync(state, { recursive: true, force: true });
    await (await startProduct({ state, seed: 'demo' })).stop();
}

export default async function prepare(): Promise<void> {
    await Promise.all([company(), demo()]);
}
