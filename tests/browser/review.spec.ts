// The yearly review as the promotion section lives it: opened in March, forms in, the meeting, what waits
// for whom. The server is started again on the day after the close, as a calendar would.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api } from './api';
import { NOW, type Product, startProduct, template } from './product';
import { expect, test } from './test';

const DAY = 86_400_000;

/** Takes a step with a form, as its own page would. */
async function move(api: Api, cycle: string, row: { customer: string; version: number }, wanted: object): Promise<void> {
    const path = `/reviews/${cycle}/forms/${row.customer}/moves`;
    const answer = await api.raw('POST', path, { wanted }, { 'if-match': `"v${row.version}"` });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

test('a review is opened, forms come in, and the meeting takes them up at once @desk', async ({ page, enter }) => {
    test.setTimeout(180_000);
    const state = mkdtempSync(join(tmpdir(), 'fenji-review-'));
    let product: Product = await startProduct({ from: template('demo'), state });
    const promotion = await enter(product, 'promotion');
    await page.goto(`${product.url}/review`);
    await expect(page.getByText('还没有年度评审')).toBeVisible();
    await page.getByRole('button', { name: '开启年度评审' }).click();
    const dialog = page.getByRole('dialog', { name: '开启年度评审' });
    await dialog.getByLabel('截止日期').fill('2026-03-25');
    await dialog.getByRole('button', { name: '开启年度评审' }).click();
    // It ended yesterday: the field says which day would do, and nothing typed is lost.
    await expect(dialog.getByLabel('截止日期')).toHaveAccessibleDescription(/2026-03-26/);
    await expect(dialog.getByLabel('评定年度')).toHaveValue('2025');
    await dialog.getByLabel('评定年度').fill('1850');
    await dialog.getByLabel('截止日期').fill('2026-03-30');
    await dialog.getByRole('button', { name: '开启年度评审' }).click();
    await expect(dialog.getByLabel('评定年度')).toHaveAccessibleDescription(/应在 \d{4} 到 2026 之间/);
    await dialog.getByLabel('评定年度').fill('2025');
    await dialog.getByRole('button', { name: '开启年度评审' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '2025 年度评审' })).toBeVisible();
    await expect(page.getByText('还剩 4 天')).toBeVisible();

    // Every customer has its form, in the unit's row and in the company's.
    const customers = (await promotion.all('/customers')).length;
    const company = page.getByRole('row', { name: /^全公司/ });
    await expect(company).toContainText(`0 / ${customers}`);

    // A chief finds the forms waiting, and hands three in; another unit's are not there.
    const cycle = (await promotion.get('/reviews')).items[0].cycle.id;
    const chief = await enter(product, 'chief1');
    await page.goto(`${product.url}/review`);
    await expect(page.getByRole('heading', { level: 3, name: '提交初评' })).toBeVisible();
    const own = await chief.all(`/reviews/${cycle}/forms?stage=draft`);
    expect(own.length).toBeGreaterThan(3);
    expect(own.length).toBeLessThan(customers);
    const handedIn = own.filter((row) => row.computed).slice(0, 3);
    for (const row of handedIn) await move(chief, cycle, row, { move: 'submit', grade: row.computed });
    await page.reload();
    await expect(page.getByRole('row', { name: /^销售一科/ })).toContainText(`3 / ${own.length}`);
    await product.stop();

    // The day after the close.
    product = await startProduct({ state, demo: true, now: NOW + 5 * DAY });
    await enter(product, 'promotion');
    await page.goto(`${product.url}/review`);
    await expect(page.getByText('已截止')).toBeVisible();
    await page.getByRole('button', { name: '召开复评会议' }).click();
    await page.getByRole('dialog', { name: '召开复评会议' }).getByRole('button', { name: '召开复评会议' }).click();
    await expect(page.locator('.fj-stepper [aria-current]')).toHaveText('复评会议');

    await page.goto(`${product.url}/reviews/${cycle}/forms?stage=submitted`);
    await expect(page.locator('.fj-row')).toHaveCount(3);
    // One form leads to the next of the list, after a reload as well.
    await page.locator('.fj-row__link').first().click();
    await page.getByRole('link', { name: '下一家' }).click();
    await expect(page.getByText('2 / 3')).toBeVisible();
    await page.reload();
    await page.getByRole('link', { name: '下一家' }).click();
    await expect(page.getByText('3 / 3')).toBeVisible();
    await page.goto(`${product.url}/reviews/${cycle}/forms?stage=submitted`);
    await page.getByRole('button', { name: '上会（以下 3 家）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '上会', exact: true }).click();
    await expect(page.getByText('没有这样的评定表')).toBeVisible();
    await page.getByLabel('阶段').selectOption('复评中');
    await expect(page.locator('.fj-row')).toHaveCount(3);

    // Undecided ones keep the meeting from being concluded, for everybody to see.
    await page.goto(`${product.url}/review`);
    await expect(page.getByRole('button', { name: '改截止日期' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: '结束会议' })).toHaveCount(0);
    await product.stop();
    rmSync(state, { recursive: true, force: true });
});
