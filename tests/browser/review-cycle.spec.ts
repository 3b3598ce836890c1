// A whole yearly review, each in their own browser: a chief fills in and hands in, finance rates, the
// meeting decides, chief, director and general manager carry the A, and what was decided is published and
// stays. The server is started again on the day after the close.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Locator, type Page } from '@playwright/test';
import { Api, PASSWORD, judged, measured } from './api';
import { NOW, startProduct, template } from './product';
import { expect, test } from './test';

const DAY = 86_400_000;

/** A customer's figures of 2025: as good as they come, or poor. */
const figures = (good: boolean) => ({
    annual_sales: measured(good ? 1_200_000_000 : 20_000_000),
    price_level: measured(good ? 10_000 : 8_000),
    collection: measured(good ? 9_800 : 6_000),
    overdue_days: measured(0),
    ...Object.fromEntries(['order_planning', 'product_fit', 'communication', 'loyalty'].map((key) => [key, judged(good ? 'A' : 'C')])),
});

/** The dialog of a step, opened from the bar of the form. */
async function begin(page: Page, step: string): Promise<Locator> {
    await page.getByRole('region', { name: '可以做的事' }).getByRole('button', { name: step, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: step });
    await expect(dialog).toBeVisible();
    return dialog;
}

/** Confirms it and waits until it is done. */
async function confirm(page: Page, dialog: Locator): Promise<void> {
    await dialog.locator('button[type=submit]').click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('region', { name: '流转记录' }).or(page.locator('#form-name')).first()).toBeVisible();
}

test('six people carry three customers from the draft to a published grade @desk', async ({ page, enter }) => {
    test.setTimeout(240_000);
    page.setDefaultTimeout(20_000);
    const state = mkdtempSync(join(tmpdir(), 'fenji-cycle-'));
    let product = await startProduct({ from: template('company'), state });
    const admin = await Api.signIn(product.url, 'admin', PASSWORD);
    for (const [login, name, role] of [
        ['finance', '沈会', 'finance'],
        ['director', '丁建平', 'director'],
        ['gm', '傅国栋', 'general_manager'],
    ] as const) {
        await admin.hire(login, name, role);
    }
    const promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    const [unit] = (await promotion.get('/directory')).units.filter((one: { name: string }) => one.name === '销售一科');
    const customer = async (code: string, name: string, good: boolean): Promise<string> => {
        const { id } = await promotion.post('/customers', { code, name, unit: unit.id, since: '2015-01-01' });
        await promotion.put(`/customers/${id}/years/2025/figures`, 0, { values: figures(good) });
        return id;
    };
    const best = await customer('R-1', '头等压力容器厂', true);
    const poor = await customer('R-2', '次等压力容器厂', false);
    const absent = await customer('R-3', '缺表压力容器厂', false);
    const tier = async (id: string) => (await promotion.get('/customers')).items.find((row: { id: string }) => row.id === id).tier;
    expect([await tier(best), await tier(poor)]).toEqual(['A', 'C']);

    await enter(product, 'promotion');
    await page.goto(`${product.url}/review`);
    await page.getByRole('button', { name: '开启年度评审' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '开启年度评审' }).click();
    await expect(page.getByRole('row', { name: /^全公司/ })).toContainText('0 / 3', { timeout: 30_000 });
    const cycle = (await promotion.get('/reviews')).items[0].cycle.id;
    const form = (id: string) => `${product.url}/reviews/${cycle}/forms/${id}`;

    // The chief corrects a figure, which is saved by itself, and hands the form in.
    await enter(product, 'chief');
    await page.goto(`${product.url}/review`);
    await page.getByRole('link', { name: /头等压力容器厂/ }).click();
    await page.locator('#f-collection-n').fill('99');
    await expect(page.getByText('已保存，服务器复核一致')).toBeVisible({ timeout: 15_000 });
    await confirm(page, await begin(page, '提交初评'));
    await expect(page.getByText('陈志远提交初评，建议评为 A 级')).toBeVisible();
    await expect(page.getByText('货款回收：98 % → 99 %')).toBeVisible();
    // Another grade than the computed one wants a reason; without one nothing is lost.
    await page.goto(form(poor));
    const dialog = await begin(page, '提交初评');
    await dialog.getByRole('radio', { name: /^B/ }).check();
    await dialog.locator('button[type=submit]').click();
    await expect(dialog.getByLabel('理由')).toHaveAccessibleDescription(/请填写/);
    await dialog.getByLabel('理由').fill('新厂投产，今年订单已增');
    await confirm(page, dialog);
    await expect(page.getByText('陈志远提交初评，建议评为 B 级，政策计算为 C 级')).toBeVisible();

    // Finance rates the credit.
    await enter(product, 'finance');
    await page.goto(form(best));
    const credit = await begin(page, '评资信');
    await credit.getByRole('radio', { name: 'AA', exact: true }).check();
    await credit.getByLabel('信用额度').fill('500');
    await credit.getByRole('radio', { name: '月结' }).check();
    await credit.getByLabel('理由').fill('三年无逾期');
    await confirm(page, credit);
    await expect(page.getByText('沈会评定了资信')).toBeVisible();
    await product.stop();

    product = await startProduct({ state, now: NOW + 5 * DAY });
    await enter(product, 'promotion');
    await page.goto(`${product.url}/review`);
    await page.getByRole('button', { name: '召开复评会议' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '召开复评会议' }).click();
    await expect(page.locator('.fj-stepper [aria-current]')).toHaveText('复评会议');
    await page.goto(form(absent));
    const aside = await begin(page, '本年不评');
    await aside.getByLabel('理由').fill('全年无订单');
    await confirm(page, aside);
    for (const id of [best, poor]) {
        await page.goto(form(id));
        await confirm(page, await begin(page, '上会'));
        await confirm(page, await begin(page, '会议决定'));
    }
    await expect(page.getByText('苏婷记录会议决定：B 级')).toBeVisible();

    await enter(product, 'chief');
    await page.goto(form(best));
    const plan = await begin(page, '申请 A');
    await plan.getByLabel('服务').fill('专人服务');
    await plan.getByLabel('生产').fill('优先排产');
    await plan.getByLabel('销售').fill('部长每季走访');
    await confirm(page, plan);
    await enter(product, 'director');
    await page.goto(`${product.url}/review`);
    await page.getByRole('link', { name: /头等压力容器厂/ }).click();
    await confirm(page, await begin(page, '审核 A'));
    await enter(product, 'gm');
    await page.goto(`${product.url}/review`);
    await page.getByRole('link', { name: /头等压力容器厂/ }).click();
    await confirm(page, await begin(page, '批准 A'));
    await expect(page.getByText('傅国栋批准 A 级')).toBeVisible();

    await enter(product, 'promotion');
    for (const step of ['结束会议', '公布结果']) {
        await page.goto(`${product.url}/review`);
        await page.getByRole('button', { name: step }).click();
        await page.getByRole('dialog').getByRole('button', { name: step }).click();
        await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await expect(page.getByText('全部等级已公布')).toBeVisible({ timeout: 30_000 });

    // The grades count now, and figures that change later no longer move them.
    const after = await Api.signIn(product.url, 'promotion', PASSWORD);
    const live = async () => Object.fromEntries((await after.get('/customers')).items.map((row: { code: string; tier?: string }) => [row.code, row.tier]));
    expect(await live()).toEqual({ 'R-1': 'A', 'R-2': 'B', 'R-3': undefined });
    await page.goto(`${product.url}/customers`);
    await expect(page.getByRole('link', { name: /次等压力容器厂/ })).toContainText('算得 C');
    await page.getByRole('link', { name: /次等压力容器厂/ }).click();
    await expect(page.getByRole('definition').filter({ hasText: 'B 级' })).toContainText('2026-03-31');
    const [year] = (await after.get(`/customers/${best}`)).years;
    await after.put(`/customers/${best}/years/2025/figures`, year.version, { values: { collection: measured(1_000) } });
    expect((await live())['R-1']).toBe('A');
    await product.stop();
    rmSync(state, { recursive: true, force: true });
});
