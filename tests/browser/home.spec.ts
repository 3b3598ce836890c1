// What waits for whom, acted on where it is listed: a chief hands in, the director appoints a colleague, who
// acts in the director's place, and the general manager says yes; nobody judges their own step. The server is
// started again on the day after the close.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Locator, type Page } from '@playwright/test';
import { Api, PASSWORD, judged, measured } from './api';
import { NOW, type Product, startProduct, template } from './product';
import { expect, test } from './test';

const DAY = 86_400_000;

const GOOD = {
    annual_sales: measured(1_200_000_000),
    price_level: measured(10_000),
    collection: measured(9_800),
    overdue_days: measured(0),
    ...Object.fromEntries(['order_planning', 'product_fit', 'communication', 'loyalty'].map((key) => [key, judged('A')])),
};

/** The card of what waits. */
const card = (page: Page, title: string): Locator =>
    page.locator('section.fj-panel').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });

/** Presses a step on a card, and says yes in its dialog. */
async function act(page: Page, title: string, name: string, step: string, fill?: (dialog: Locator) => Promise<void>): Promise<void> {
    const row = card(page, title).locator('.fj-row').filter({ hasText: name });
    await row.getByRole('button', { name: step, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: step });
    await fill?.(dialog);
    await dialog.locator('button[type=submit]').click();
    await expect(dialog).toHaveCount(0);
    await expect(row).toHaveCount(0);
}

/** Takes a step with every form of a stage, over the API. */
async function all(api: Api, cycle: string, stage: string, wanted: (row: { grade: string }) => object): Promise<void> {
    const rows = await api.all(`/reviews/${cycle}/forms?stage=${stage}`);
    const moves = rows.map((row) => ({ customer: row.customer, version: row.version, wanted: wanted(row) }));
    const outcomes = await api.post(`/reviews/${cycle}/forms/moves`, { moves });
    expect(outcomes.filter((one: { outcome: { outcome: string } }) => one.outcome.outcome !== 'done')).toEqual([]);
}

/** A cycle with two customers that are as good as they come. */
async function opened(product: Product): Promise<string> {
    const admin = await Api.signIn(product.url, 'admin', PASSWORD);
    for (const [login, name, role] of [
        ['finance', '沈会', 'finance'],
        ['director', '丁建平', 'director'],
        ['gm', '傅国栋', 'general_manager'],
    ] as const) {
        await admin.hire(login, name, role);
    }
    const promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    const { units, reps } = await promotion.get('/directory');
    const unit = units.find((one: { name: string }) => one.name === '销售一科').id;
    for (const [code, name] of [['H-1', '头等压力容器厂'], ['H-2', '二号压力容器厂']]) {
        const { id } = await promotion.post('/customers', { code, name, unit, rep: reps[0].id, since: '2015-01-01' });
        await promotion.put(`/customers/${id}/years/2025/figures`, 0, { values: GOOD });
    }
    let row = await promotion.post('/reviews', { year: 2025, opens: '2026-03-26', closes: '2026-03-26' });
    while (row.cycle.phase.phase === 'opening') row = await promotion.post(`/reviews/${row.cycle.id}/step`, { at: row.progress.position });
    return row.cycle.id;
}

test('what waits is acted on where it is listed, by a stand-in as well', async ({ page, enter }) => {
    test.setTimeout(240_000);
    const state = mkdtempSync(join(tmpdir(), 'fenji-home-'));
    let product = await startProduct({ from: template('company'), state });

    // While no review is on, a rep begins with the customers, and the promotion section hears that nothing waits.
    await enter(product, 'rep');
    await page.goto(product.url);
    await expect(page).toHaveURL(/\/customers$/);
    await enter(product, 'promotion');
    await page.goto(product.url);
    await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible();
    await expect(page.getByText('现在没有等您办理的事')).toBeVisible();

    const cycle = await opened(product);
    await enter(product, 'rep');
    await page.goto(product.url);
    await expect(card(page, '填写')).toContainText('2 家 · 今天截止');
    await enter(product, 'chief');
    await page.goto(product.url);
    await expect(card(page, '提交初评')).toContainText('2 家 · 今天截止');
    await act(page, '提交初评', '头等压力容器厂', '提交初评');
    await act(page, '提交初评', '二号压力容器厂', '提交初评');
    // Of the review nothing more; the quarter that ended last waits whether one is on or not.
    await expect(page.locator('.fj-rows--duty')).toHaveCount(0);
    const quarter = page.locator('.fj-panel').filter({ has: page.getByRole('heading', { name: '填写并结清季度分析 2025 年第 4 季度' }) });
    await expect(quarter).toContainText('2026-01-01 起可结清 · 已于 2026-01-31 到期');
    await quarter.getByRole('link', { name: '去填写' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /^销售一科 · 2025 年第 4 季度/ })).toBeVisible();
    await enter(product, 'finance');
    await page.goto(product.url);
    await expect(card(page, '评资信').locator('.fj-row')).toHaveCount(2);
    await act(page, '评资信', '二号压力容器厂', '评资信', async (dialog) => {
        await dialog.getByRole('radio', { name: 'AA', exact: true }).check();
        await dialog.getByLabel('信用额度').fill('500');
        await dialog.getByRole('radio', { name: '月结' }).check();
        await dialog.getByLabel('理由').fill('三年无逾期');
    });
    await product.stop();

    product = await startProduct({ state, now: NOW + DAY });
    const promotion = await enter(product, 'promotion');
    await page.goto(product.url);
    await expect(page.getByRole('heading', { level: 2, name: '可以召开复评会议' })).toBeVisible();
    await page.getByRole('link', { name: '去评审页办理' }).click();
    await page.getByRole('button', { name: '召开复评会议' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '召开复评会议' }).click();
    await expect(page.locator('.fj-stepper [aria-current]')).toHaveText('复评会议');
    await page.goto(product.url);
    // One yes for both.
    await card(page, '上会').getByRole('button', { name: '上会（以下 2 家）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '上会', exact: true }).click();
    await expect(card(page, '会议决定').locator('.fj-row')).toHaveCount(2);
    await all(promotion, cycle, 'in_review', (row) => ({ move: 'decide', grade: row.grade }));
    const chief = await enter(product, 'chief');
    await all(chief, cycle, 'a_listed', () => ({ move: 'apply', plan: { service: '专人', production: '优先', sales: '走访' } }));

    // The director will be away, and appoints finance; a wrong day is told at its field.
    await enter(product, 'director');
    await page.goto(`${product.url}/stand-ins`);
    await page.getByRole('button', { name: '指定代理人' }).click();
    const dialog = page.getByRole('dialog', { name: '指定代理人' });
    await dialog.getByLabel('代理人').selectOption({ label: '沈会（财务部）' });
    await dialog.getByLabel('最后一天').fill('2026-03-01');
    await dialog.locator('button[type=submit]').click();
    await expect(dialog.getByLabel('最后一天')).toHaveAccessibleDescription('最后一天不能早于第一天');
    await dialog.getByLabel('最后一天').fill('2026-03-29');
    await dialog.locator('button[type=submit]').click();
    await expect(dialog).toHaveCount(0);
    const mine = page.getByRole('region', { name: '代我办理的' });
    await expect(mine.getByRole('row', { name: /丁建平/ })).toContainText('代理中');

    // Finance acts in the director's place, and the trail says both names.
    await enter(product, 'finance');
    await page.goto(product.url);
    await act(page, '审核 A（代 丁建平）', '头等压力容器厂', '审核 A');
    await card(page, '审核 A（代 丁建平）').getByRole('link', { name: /二号压力容器厂/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('二号压力容器厂');
    await page.goto(`${product.url}/stand-ins`);
    await expect(page.getByRole('region', { name: '我代为办理的' })).toContainText('丁建平');

    // Who acted as the director cannot act as the general manager afterwards.
    await enter(product, 'gm');
    await page.goto(`${product.url}/stand-ins`);
    await page.getByRole('button', { name: '指定代理人' }).click();
    await dialog.getByLabel('代理人').selectOption({ label: '沈会（财务部）' });
    await dialog.locator('button[type=submit]').click();
    await expect(dialog).toHaveCount(0);
    await enter(product, 'finance');
    await page.goto(product.url);
    const waits = card(page, '批准 A（代 傅国栋）');
    await waits.getByRole('button', { name: '批准 A', exact: true }).click();
    await expect(page.getByText('您或您所代的人办理过前面的步骤')).toBeVisible();
    // Nor with one yes for all: what was not done is told, and stays told over the list as it is now.
    await waits.getByRole('button', { name: '批准 A（以下 1 家）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '批准 A', exact: true }).click();
    const told = page.getByRole('status').filter({ hasText: '有 1 家没有办成' });
    await expect(told).toContainText('头等压力容器厂：您或您所代的人办理过前面的步骤');
    await expect(waits.locator('.fj-row')).toHaveCount(1);
    await expect(told).toBeVisible();
    await waits.getByRole('link', { name: /头等压力容器厂/ }).click();
    await expect(page.getByText('沈会（代丁建平）审核同意')).toBeVisible();

    // The general manager does.
    await enter(product, 'gm');
    await page.goto(product.url);
    await act(page, '批准 A', '头等压力容器厂', '批准 A');
    await expect(page.getByText('现在没有等您办理的事')).toBeVisible();
    // And takes the appointment back.
    await page.goto(`${product.url}/stand-ins`);
    await page.getByRole('button', { name: '终止', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '终止', exact: true }).click();
    await expect(page.getByRole('region', { name: '代我办理的' })).toContainText('傅国栋 于');
    await product.stop();
    rmSync(state, { recursive: true, force: true });
});
