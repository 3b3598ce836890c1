// Whoever stands in for the promotion section holds the meeting in its place, on the same page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, PASSWORD, judged, measured } from './api';
import { NOW, startProduct, template } from './product';
import { expect, field, test } from './test';

const DAY = 86_400_000;

/** Figures of 2025 that give a B. */
const figures = {
    annual_sales: measured(200_000_000),
    price_level: measured(9_500),
    collection: measured(9_000),
    overdue_days: measured(0),
    ...Object.fromEntries(['order_planning', 'product_fit', 'communication', 'loyalty'].map((key) => [key, judged('B')])),
};

test('a stand-in keeps the record, decides and concludes in the place of who is absent @desk', async ({ page, enter }) => {
    test.setTimeout(180_000);
    page.setDefaultTimeout(20_000);
    const state = mkdtempSync(join(tmpdir(), 'fenji-stand-in-'));
    let product = await startProduct({ from: template('company'), state });
    const admin = await Api.signIn(product.url, 'admin', PASSWORD);
    await admin.hire('finance', '沈会', 'finance');
    const promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    const { units } = await promotion.get('/directory');
    const users = await promotion.all('/colleagues');
    const unit = units.find((one: { name: string }) => one.name === '销售一科').id;
    const ids: string[] = [];
    for (const [code, name] of [['S-1', '代理压力容器厂'], ['S-2', '代理封头厂']]) {
        const { id } = await promotion.post('/customers', { code, name, unit, since: '2015-01-01' });
        await promotion.put(`/customers/${id}/years/2025/figures`, 0, { values: figures });
        ids.push(id);
    }
    let row = await promotion.post('/reviews', { year: 2025, opens: '2026-03-25', closes: '2026-03-26' });
    while (row.cycle.phase.phase === 'opening') row = await promotion.post(`/reviews/${row.cycle.id}/step`, { at: row.progress.position });
    const cycle = row.cycle.id;
    const chief = await Api.signIn(product.url, 'chief', PASSWORD);
    for (const id of ids) {
        const { version } = await chief.get(`/reviews/${cycle}/forms/${id}`);
        const wanted = { move: 'submit', grade: 'B' };
        const answer = await chief.raw('POST', `/reviews/${cycle}/forms/${id}/moves`, { wanted }, { 'if-match': `"v${version}"` });
        expect(answer.status, await answer.text()).toBe(200);
    }
    await chief.post(`/reviews/${cycle}/meeting/items`, {
        kind: 'special_policy', customer: ids[0], choice: 'new', granted: { text: '运费由我方承担' }, reason: '年用量大',
    });
    const by = users.find((one: { name: string }) => one.name === '沈会').id;
    await promotion.post('/stand-ins', { by, from: '2026-03-26', until: '2026-03-28' });
    await product.stop();

    product = await startProduct({ state, now: NOW + DAY });
    const finance = await Api.signIn(product.url, 'finance', PASSWORD);
    await enter(product, 'finance');
    await page.goto(`${product.url}/reviews/${cycle}/meeting`);
    // In the own name there is nothing to be done about the meeting.
    const whose = page.getByRole('navigation', { name: '以谁的身份' });
    await expect(whose.getByRole('link', { name: '本人' })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('button', { name: '召开复评会议' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: '填写会议记录' })).toHaveCount(0);
    await whose.getByRole('link', { name: '代 苏婷' }).click();
    await page.getByRole('button', { name: '召开复评会议' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '召开复评会议' }).click();
    await page.getByRole('button', { name: '全部上会（2 家）' }).click();

    await page.getByRole('button', { name: '填写会议记录' }).click();
    const record = page.getByRole('region', { name: '填写会议记录' });
    await field(record, '地点').fill('三楼会议室');
    await field(record, '开始时间').fill('09:00');
    await record.getByRole('button', { name: '保存记录' }).click();
    await expect(page.getByText(/^到会 \d 人/)).toBeVisible();

    // A case is decided, taken back and decided again, each time in her place.
    const onTable = page.locator('#form-name');
    await page.getByRole('region', { name: '议程' }).getByRole('button', { name: /代理压力容器厂/ }).first().click();
    await expect(onTable).toHaveText('代理压力容器厂');
    await expect(page.getByRole('region', { name: '会议决定' }).getByText('代 苏婷', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: '定为 B 级' }).click();
    await expect(onTable).toHaveText('代理封头厂');
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await expect(onTable).toHaveText('代理压力容器厂');
    await page.getByRole('button', { name: '定为 B 级' }).click();
    await expect(onTable).toHaveText('代理封头厂');
    await page.getByRole('button', { name: '定为 B 级' }).click();
    await expect(page.getByText('B 特殊政策').first()).toBeVisible();
    await page.getByRole('button', { name: /^新增/ }).click();
    let dialog = page.getByRole('dialog', { name: '记录决定' });
    await dialog.getByRole('button', { name: '记录决定' }).click();
    await expect(dialog).toHaveCount(0);
    await page.getByRole('button', { name: '结束会议' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结束会议' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page.getByRole('link', { name: '会议纪要' }).click();
    await page.getByRole('button', { name: '确认纪要' }).click();
    dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '确认纪要' }).click();
    await expect(page.getByRole('article')).toContainText(/沈会 于 2026-03-27 .* 确认/);

    // The trail bears both names everywhere.
    const { trail } = await finance.get(`/reviews/${cycle}/forms/${ids[0]}`);
    const hands = trail.slice(1).map((one: { entry: { step: string; hand: { user: string; on_behalf_of?: string } } }) => [one.entry.step, one.entry.hand.user === by, !!one.entry.hand.on_behalf_of]);
    expect(hands).toEqual(['take_up', 'decide', 'withdraw', 'decide'].map((step) => [step, true, true]));
    const meeting = await finance.get(`/reviews/${cycle}/meeting`);
    for (const one of meeting.trail.filter((one: { step: string }) => one.step !== 'propose')) expect(one.hand.on_behalf_of, one.step).toBeTruthy();

    // What is left is done from the review's own page: its steps over the book are taken in her place, too.
    await page.goto(`${product.url}/review`);
    await expect(whose.getByRole('link', { name: '本人' })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('button', { name: '公布结果' })).toHaveCount(0);
    await whose.getByRole('link', { name: '代 苏婷' }).click();
    await page.getByRole('button', { name: '公布结果' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '公布结果' }).click();
    await expect(page.getByText('沈会（代 苏婷） 公布了结果')).toBeVisible({ timeout: 30_000 });
    await expect.poll(async () => (await finance.get(`/reviews/${cycle}`)).cycle.phase.phase).toBe('published');
    expect((await finance.all('/customers')).map((one: { tier?: string }) => one.tier)).toEqual(['B', 'B']);
    // And so does what is told of the customer.
    await page.goto(`${product.url}/customers/${ids[0]}`);
    await expect(page.getByRole('region', { name: '历史记录' })).toContainText('沈会（代苏婷）记录会议决定：B 级');
    await product.stop();
    rmSync(state, { recursive: true, force: true });
});

test('a stand-in opens the year in the place of who is absent', async ({ page, enter }) => {
    const product = await startProduct({ from: template('company') });
    try {
        const admin = await Api.signIn(product.url, 'admin', PASSWORD);
        await admin.hire('finance', '沈会', 'finance');
        const promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
        const { units } = await promotion.get('/directory');
        await promotion.post('/customers', { code: 'S-1', name: '代理压力容器厂', unit: units[0].id, since: '2015-01-01' });
        const by = (await promotion.all('/colleagues')).find((one: { name: string }) => one.name === '沈会').id;
        await promotion.post('/stand-ins', { by, from: '2026-03-26', until: '2026-03-28' });

        await enter(product, 'finance');
        await page.goto(`${product.url}/review`);
        const open = page.getByRole('button', { name: '开启年度评审' });
        await expect(page.getByText('还没有年度评审')).toBeVisible();
        await expect(open).toHaveCount(0);
        await page.getByRole('navigation', { name: '以谁的身份' }).getByRole('link', { name: '代 苏婷' }).click();
        await open.click();
        await page.getByRole('dialog').getByRole('button', { name: '开启年度评审' }).click();
        await expect(page.getByText('沈会（代 苏婷） 开启了评审')).toBeVisible({ timeout: 30_000 });
        await expect(page.getByRole('button', { name: '改截止日期' })).toBeVisible({ timeout: 30_000 });
        const [row] = (await promotion.get('/reviews')).items;
        expect(row.cycle.phase.phase).toBe('gathering');
    } finally {
        await product.stop();
    }
});
