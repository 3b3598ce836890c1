// The policy studio: a draft is written, tried, rehearsed and published, and the book graded anew.
import { readFile, writeFile } from 'node:fs/promises';
import { type Locator, type Page } from '@playwright/test';
import { type Api } from './api';
import { startProduct, template } from './product';
import { expect, test } from './test';

/** The field of the editor at a path of the policy. */
const at = (page: Page, path: string): Locator => page.locator(`[id="f.${path}"]`);

/** A draft of its own for a test, so that none meets another's. */
async function begin(api: Api): Promise<{ id: string; version: number; policy: any }> {
    const current = await api.get('/policies/current');
    return api.post('/policy-drafts', { based_on: current.id });
}

async function open(page: Page, url: string, draft: { id: string }): Promise<void> {
    await page.goto(`${url}/policy/drafts/${draft.id}`);
    // A debug build has the editor in 26 MB.
    await expect(at(page, 'indicators.0.weight')).toBeVisible({ timeout: 30_000 });
}

/** Types into a field and leaves it. */
async function put(page: Page, path: string, text: string): Promise<void> {
    await at(page, path).fill(text);
    await at(page, path).blur();
}

async function save(page: Page): Promise<void> {
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.locator('.fj-mark--confirmed')).toBeVisible();
}

const total = (page: Page): Locator => page.locator('.fj-total').first();

test('weights: the total and what is missing are in sight, the points follow, and it can be taken back', async ({ page, demo, enter }) => {
    await open(page, demo.url, await begin(await enter(demo, 'promotion')));
    await expect(total(page)).toContainText('合计 100 / 100 分');
    await put(page, 'indicators.0.weight', '24');
    await expect(total(page)).toContainText('合计 94 / 100 分');
    await expect(total(page)).toContainText('还差 6 分');
    // The best band earns the new full marks; in the field the points of the way there left no trace.
    await expect(at(page, 'indicators.0.scoring.bands.0.points')).toHaveValue('24');
    await expect(at(page, 'indicators.0.scoring.bands.1.points')).toHaveValue('20');
    await expect(page.locator('#problems')).toContainText('权重合计不对');

    await page.keyboard.press('Control+z');
    await expect(total(page)).toContainText('合计 100 / 100 分');
    await expect(at(page, 'indicators.0.scoring.bands.1.points')).toHaveValue('25');
    await page.keyboard.press('Control+Shift+z');
    await expect(total(page)).toContainText('合计 94 / 100 分');
    await page.getByRole('button', { name: '撤销' }).click();
    await expect(page.getByText('没有问题，可以发布')).toBeVisible();
});

test('a mistake stands beside its field and in the list, which leads there', async ({ page, demo, enter }) => {
    await open(page, demo.url, await begin(await enter(demo, 'promotion')));
    await put(page, 'tiers.1.from', '90');
    const error = page.locator('[id="f.tiers.1.from-e"]');
    await expect(error).toContainText('须低于上一等级');
    await expect(at(page, 'tiers.1.from')).toHaveAttribute('aria-invalid', 'true');

    // A hole between two bands, in a row that is folded away.
    await page.locator('.fj-fold__summary').first().click();
    await at(page, 'indicators.0.scoring.bands.2.high-kind').selectOption({ label: '不限' });
    await page.locator('.fj-fold__summary').first().click();
    await expect(at(page, 'indicators.0.scoring.bands.2.points')).toBeHidden();
    await page.locator('.fj-problem', { hasText: '重叠' }).first().click();
    await expect(at(page, 'indicators.0.scoring.bands.2.points')).toBeVisible();

    // What cannot be read is said, and not taken.
    await put(page, 'tiers.0.from', '八十');
    await expect(page.locator('[id="f.tiers.0.from-e"]')).toContainText('请填数字');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByText('有填得不对的数字')).toBeVisible();
});

test('figures are typed as they are said; bands that meet go on meeting', async ({ page, demo, enter }) => {
    await open(page, demo.url, await begin(await enter(demo, 'promotion')));
    await page.locator('.fj-fold__summary').first().click();
    await put(page, 'indicators.0.scoring.bands.1.low', '４５０ 万元');
    await expect(at(page, 'indicators.0.scoring.bands.1.low')).toHaveValue('450');
    await expect(at(page, 'indicators.0.scoring.bands.2.high')).toHaveValue('450');
    await expect(page.getByText('没有问题，可以发布')).toBeVisible();
});

test('rows move without dragging, and the focus goes with them', async ({ page, demo, enter }) => {
    await open(page, demo.url, await begin(await enter(demo, 'promotion')));
    await page.getByRole('button', { name: '下移销售总额' }).press('Enter');
    await expect(page.locator('.fj-fold__name').nth(1)).toContainText('销售总额');
    await expect(page.getByRole('button', { name: '下移销售总额' })).toBeFocused();
    await page.getByRole('button', { name: '下移销售总额' }).press('Enter');
    await expect(page.locator('.fj-fold__name').nth(2)).toContainText('销售总额');
});

test('a draft is kept by the browser until it is saved', async ({ page, demo, enter }) => {
    const api = await enter(demo, 'promotion');
    const draft = await begin(api);
    await open(page, demo.url, draft);
    await put(page, 'document', 'FJ-XS-02');
    // What cannot be taken is kept as it was typed, too.
    await put(page, 'tiers.0.from', '八十');
    await page.reload();
    await expect(page.getByText('已恢复您上次未保存的内容')).toBeVisible();
    await expect(at(page, 'document')).toHaveValue('FJ-XS-02');
    await expect(at(page, 'tiers.0.from')).toHaveValue('八十');
    await expect(page.locator('[id="f.tiers.0.from-e"]')).toContainText('请填数字');
    await put(page, 'tiers.0.from', '80');
    await save(page);
    expect((await api.get(`/policy-drafts/${draft.id}`)).policy.document).toBe('FJ-XS-02');
    await page.reload();
    await expect(at(page, 'document')).toHaveValue('FJ-XS-02');
    await expect(page.getByText('已恢复您上次未保存的内容')).toBeHidden();
});

test('two people save one draft: both sides are shown and neither is lost', async ({ page, demo, enter }) => {
    const api = await enter(demo, 'promotion');
    const draft = await begin(api);
    await open(page, demo.url, draft);
    const theirs = structuredClone(draft.policy);
    theirs.evidence_floor = 7_000;
    await api.put(`/policy-drafts/${draft.id}`, draft.version, { policy: theirs });

    await put(page, 'document', 'FJ-XS-09');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '对方刚保存过这份草稿' });
    await expect(dialog).toContainText('FJ-XS-09');
    await expect(dialog).toContainText('60 % → 70 %');
    await dialog.getByRole('button', { name: '用对方的' }).click();
    await expect(at(page, 'evidence_floor')).toHaveValue('70');
    await page.keyboard.press('Control+z');
    await expect(at(page, 'document')).toHaveValue('FJ-XS-09');
    await save(page);
    expect((await api.get(`/policy-drafts/${draft.id}`)).policy.document).toBe('FJ-XS-09');
});

test('a draft that another person deleted is saved as a new one', async ({ page, demo, enter }) => {
    const api = await enter(demo, 'promotion');
    const draft = await begin(api);
    await open(page, demo.url, draft);
    await put(page, 'document', 'FJ-XS-07');
    await api.delete(`/policy-drafts/${draft.id}`, draft.version);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByRole('button', { name: '另存为新草稿' }).click();
    await expect(page).not.toHaveURL(new RegExp(draft.id));
    await expect(at(page, 'document')).toHaveValue('FJ-XS-07', { timeout: 30_000 });
    await expect(page.locator('.fj-mark--confirmed')).toBeVisible();
});

test('a policy goes out as JSON and comes in again; what is wrong with a text is listed', async ({ page, demo, enter }) => {
    await open(page, demo.url, await begin(await enter(demo, 'promotion')));
    await page.getByRole('button', { name: '导入 / 导出' }).click();
    const dialog = page.getByRole('dialog', { name: '导入 / 导出' });
    const file = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '下载 JSON' }).click();
    const policy = JSON.parse(await readFile(await (await file).path(), 'utf8'));

    await dialog.getByLabel('或粘贴在这里').fill(JSON.stringify({ ...policy, colour: 1, evidence_floor: 'much' }));
    await dialog.getByRole('button', { name: '导入', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('2 处不合格式');
    await expect(dialog.getByRole('alert')).toContainText('evidence_floor');

    // A file with a mistake is corrected and chosen again; one not chosen after all leaves the dialog as it is.
    const path = test.info().outputPath('policy.json');
    const choose = dialog.getByLabel('选择文件');
    await writeFile(path, JSON.stringify({ ...policy, title: 'x' }));
    await choose.setInputFiles(path);
    await expect(dialog.getByRole('alert')).toContainText('1 处不合格式');
    await choose.dispatchEvent('cancel', { bubbles: true });
    await expect(dialog).toBeVisible();
    policy.title.zh = '从文件来的办法';
    await writeFile(path, JSON.stringify(policy));
    await choose.setInputFiles(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('从文件来的办法');
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('客户分级管理办法（默认）');
});

test('a customer of the book shows what the draft would do to it', async ({ page, demo, enter }) => {
    const api = await enter(demo, 'promotion');
    await open(page, demo.url, await begin(api));
    const [row] = (await api.get('/customers?limit=1')).items;
    await page.getByPlaceholder(/找一家客户/).fill(row.code);
    await page.locator('.fj-pick').first().click();
    const panel = page.locator('[aria-labelledby="p-sample"]');
    await expect(panel).toContainText(row.name);
    const score = panel.locator('.fj-score__value');
    const before = await score.innerText();
    await put(page, 'indicators.0.weight', '10');
    await expect(score).not.toHaveText(before);
    await expect(panel).toContainText('现行第');
});

test('gates, tiers and rules are changed as sentences and figures', async ({ page, demo, enter }) => {
    const api = await enter(demo, 'promotion');
    const draft = await begin(api);
    await open(page, demo.url, draft);
    await put(page, 'gates.1.when.test', '60 天');
    await page.locator('#s-gates').getByRole('button', { name: 'C', exact: true }).click();
    await at(page, 'gates.0.effect.tier').selectOption('B');
    await put(page, 'tiers.0.treatment.visit_days', '30');
    await at(page, 'tiers.0.treatment.payment_term').selectOption({ label: '按天数' });
    await put(page, 'tiers.0.treatment.payment_term.days', '60 天');
    await put(page, 'tiers.2.key', 'D');
    await at(page, 'method').selectOption({ label: '按规则顺序' });
    await expect(at(page, 'method.otherwise')).toHaveValue('D');
    await expect(page.getByText('没有问题，可以发布')).toBeVisible();
    await save(page);
    const { policy } = await api.get(`/policy-drafts/${draft.id}`);
    expect(policy.gates[1].when.test).toEqual({ above: 60 });
    expect(policy.gates[0].when.test).toEqual({ one_of: ['C', 'D'] });
    expect(policy.gates[0].effect).toEqual({ kind: 'cap', tier: 'B' });
    expect(policy.tiers[0].treatment).toMatchObject({ visit_days: 30, payment_term: { days: 60 } });
    expect(policy.method.rules).toHaveLength(2);
    await page.locator('.fj-panel__fold > summary').click();
    await expect(page.locator('.fj-changes')).toContainText('最长逾期天数高于 60 天时，最高评 B 级');
});

test('only those who keep the policy may open a draft', async ({ page, demo, enter }) => {
    const draft = await begin(await enter(demo, 'promotion'));
    await enter(demo, 'wangjun');
    await page.goto(`${demo.url}/policy/drafts/${draft.id}`);
    await expect(page.locator('.fj-empty')).toBeVisible();
    await page.goto(`${demo.url}/policy`);
    await expect(page.getByRole('heading', { name: '历次版本' })).toBeVisible();
    await expect(page.getByRole('heading', { name: '草稿' })).toBeHidden();
    await expect(page.getByRole('button', { name: /起草/ })).toBeHidden();
});

test('rehearsal, publication and regrading, to the end', async ({ page, enter }) => {
    test.setTimeout(180_000);
    const product = await startProduct({ from: template('demo') });
    try {
        const api = await enter({ ...product, demo: true }, 'promotion');
        const nowhere: string[] = [];
        page.on('response', (answer) => answer.status() === 404 && nowhere.push(answer.url()));
        await page.goto(`${product.url}/policy`);
        await page.getByRole('button', { name: '从第 1 版起草' }).click();
        await expect(at(page, 'tiers.0.from')).toBeVisible();
        expect(nowhere).toEqual([]);
        // Nobody but those between the two thresholds moves, and all of them down.
        await put(page, 'tiers.0.from', '85');
        await at(page, 'tiers.0.colour').click();
        await page.locator('.fj-swatches').first().getByRole('radio', { name: '松绿' }).check();
        await page.getByRole('button', { name: '预演' }).click();
        await expect(page.locator('.fj-verdict')).toBeVisible({ timeout: 60_000 });

        const { customers } = await api.get('/rehearsal');
        const scored = await api.all('/customers');
        const latest = Math.max(...customers.flatMap((one: any) => Object.keys(one.customer.years).map(Number)));
        const between = scored.filter((row: any) => row.year === latest && row.tier === 'A' && row.score < 8_500);
        expect(between.length).toBeGreaterThan(0);
        const movers = page.locator('[aria-labelledby="p-movers"]');
        await expect(movers.getByRole('status')).toHaveText(`共 ${between.length} 家`);
        await expect(movers.getByRole('row', { name: new RegExp(between[0].code) })).toContainText('分数线或名额变了');
        await expect(movers.getByRole('button', { name: /^下降/ })).toContainText(String(between.length));

        const file = page.waitForEvent('download');
        await page.getByRole('button', { name: '导出', exact: true }).click();
        await page.getByRole('menuitem', { name: /^CSV/ }).click();
        const text = await readFile(await (await file).path(), 'utf8');
        expect(text.startsWith('\uFEFF')).toBe(true);
        expect(text.trim().split('\r\n')).toHaveLength(between.length + 1);

        await page.getByRole('button', { name: '发布' }).click();
        const dialog = page.getByRole('dialog', { name: '发布这份政策' });
        await expect(dialog).toContainText(`下降 ${between.length} 家`);
        await dialog.getByRole('button', { name: '发布' }).click();
        await expect(dialog).toContainText('请填写');
        await dialog.getByLabel(/生效日期/).fill('2026-03-26');
        await dialog.getByLabel(/理由/).fill('提高 A 级门槛');
        await dialog.getByRole('button', { name: '发布' }).click();

        await expect(page).toHaveURL(/\/policy$/);
        await expect(page.getByText(/按第 2 版评级完毕/)).toBeVisible({ timeout: 90_000 });
        const after = await api.all('/customers?tier=A');
        expect(after.every((row: any) => row.score >= 8_500)).toBe(true);

        await page.getByRole('link', { name: '对照任意两版' }).click();
        await expect(page.locator('.fj-changes')).toContainText('A：分数线 80 → 85');

        // The tier has its colour wherever it is drawn.
        const colour = (of: Locator): Promise<string> => of.evaluate((it) => getComputedStyle(it).getPropertyValue('--tier'));
        const chosen = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--tier-4'));
        await page.goto(`${product.url}/customers?tier=A`);
        expect(await colour(page.locator('.fj-row .fj-stamp').first())).toBe(chosen);
        expect(await colour(page.locator('.fj-tally__cell').first())).toBe(chosen);
        await page.locator('.fj-row__link').first().click();
        expect(await colour(page.locator('.fj-score .fj-stamp'))).toBe(chosen);
        await page.goto(`${product.url}/dashboard`);
        expect(await colour(page.locator('.fj-share .fj-bar').first())).toBe(chosen);
    } finally {
        await product.stop();
    }
});

test('a run that is stopped is begun again, though a step of the first is still on its way', async ({ page, enter }) => {
    test.setTimeout(120_000);
    const product = await startProduct({ from: template('demo') });
    try {
        const api = await enter({ ...product, demo: true }, 'promotion');
        await api.post('/regrades', { years: [2025] });
        await page.route('**/regrades/*/step', async (route) => {
            await new Promise((go) => setTimeout(go, 1_500));
            await route.continue();
        });
        await page.goto(`${product.url}/policy`);
        await page.getByRole('button', { name: '停止' }).click();
        await page.getByRole('dialog').getByRole('button', { name: '停止' }).click();
        await expect(page.getByText(/按第 1 版的评级已停止/)).toBeVisible();
        await page.getByRole('button', { name: '再评一次' }).click();
        await expect(page.getByText('正在按第 1 版重新评级')).toBeVisible();
        await expect(page.getByText(/按第 1 版评级完毕/)).toBeVisible({ timeout: 60_000 });
    } finally {
        await product.stop();
    }
});

test('a version to come is published and withdrawn', async ({ page, enter }) => {
    const product = await startProduct({ from: template('company') });
    try {
        const api = await enter({ ...product, demo: false }, 'promotion');
        const draft = await begin(api);
        await open(page, product.url, draft);
        await page.getByRole('button', { name: '发布' }).click();
        const dialog = page.getByRole('dialog', { name: '发布这份政策' });
        await dialog.getByLabel(/生效日期/).fill('2027-01-01');
        await dialog.getByLabel(/理由/).fill('明年起用');
        await dialog.getByRole('button', { name: '发布' }).click();
        await expect(page.getByText('待生效')).toBeVisible();
        await page.getByRole('button', { name: '撤回' }).click();
        await page.getByRole('dialog').getByLabel(/理由/).fill('另行安排');
        await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
        await expect(page.getByText('已撤回', { exact: true })).toBeVisible();
        await expect(page.getByText(/另行安排/)).toBeVisible();
    } finally {
        await product.stop();
    }
});
