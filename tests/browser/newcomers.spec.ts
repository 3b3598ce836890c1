// A new customer: a grade per deal on its page, asked for on the home page once it is due, taken into the open
// review by the chief, and reviewed by itself when none is open.
import { Api, PASSWORD } from './api';
import { startProduct, template } from './product';
import { expect, test } from './test';

test('a new customer has a grade per deal, is asked for when it is due, and is reviewed by itself', async ({ page, enter }) => {
    test.setTimeout(180_000);
    const product = await startProduct({ from: template('company') });
    const promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    const { units } = await promotion.get('/directory');
    const unit = units.find((one: { name: string }) => one.name === '销售一科').id;
    const add = async (code: string, name: string, since: string) => (await promotion.post('/customers', { code, name, unit, since })).id;
    const young = await add('N-1', '新来压力容器厂', '2025-10-01');
    await add('N-2', '到期压力容器厂', '2025-09-20');

    // The chief grades a deal; what stands in the way is told at its field, and nothing typed is lost.
    await enter(product, 'chief');
    await page.goto(`${product.url}/customers/${young}`);
    const panel = page.getByRole('region', { name: '新客户' });
    await expect(panel).toContainText('合作 5 个月，2026-04-01 满六个月');
    await panel.getByRole('button', { name: '按单暂定等级' }).click();
    const dialog = page.getByRole('dialog', { name: '按单暂定等级' });
    await dialog.getByLabel('合同或订单').fill('HT-2026-017');
    await dialog.getByLabel('签订日期').fill('2025-09-30');
    await dialog.getByLabel('等级').selectOption({ index: 2 });
    await dialog.getByLabel('理由').fill('首单，现款');
    await dialog.locator('button[type=submit]').click();
    await expect(dialog.getByLabel('签订日期')).toHaveAccessibleDescription(/应在合作起始日到今天之间/);
    await dialog.getByLabel('签订日期').fill('2026-03-20');
    await dialog.locator('button[type=submit]').click();
    await expect(dialog).toHaveCount(0);
    await expect(panel.getByRole('listitem')).toContainText('HT-2026-017');
    await expect(panel).toContainText('已按单暂定 1 次');
    await expect(page.getByRole('region', { name: '历史记录' })).toContainText('为订单 HT-2026-017 定了暂定等级 B 级');

    // The other one is due: it waits for the chief, on the home page.
    await page.goto(product.url);
    await expect(page.getByRole('heading', { level: 2, name: '新客户满六个月，待评定' })).toBeVisible();
    await page.getByRole('link', { name: /到期压力容器厂/ }).click();
    await expect(page.getByRole('region', { name: '新客户' })).toContainText('请在 2026-04-19 前评定');

    // Promotion opens a review of who is due, and of nobody else.
    await enter(product, 'promotion');
    await page.goto(`${product.url}/newcomers`);
    await expect(page.locator('.fj-row')).toHaveCount(1);
    await page.getByRole('button', { name: '开启补评' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '开启补评' }).click();
    await expect(page.getByText('补评已开启')).toBeVisible();
    await page.getByRole('button', { name: '未满六个月' }).click();
    await expect(page.locator('.fj-row')).toHaveCount(1);
    await page.goto(`${product.url}/review`);
    await expect(page.getByRole('heading', { level: 1, name: '2026 年度补评' })).toBeVisible();
    await expect(page.getByRole('row', { name: /^全公司/ })).toContainText('0 / 1', { timeout: 30_000 });
    // Its minutes are called by its name, and all of its customers are among the new ones.
    const { items: [{ cycle }] } = await promotion.get('/reviews');
    await page.goto(`${product.url}/reviews/${cycle.id}/minutes`);
    await expect(page.getByRole('heading', { name: '2026 年度新客户补评会议纪要' })).toBeVisible();
    await expect(page.getByRole('article')).toContainText('到期压力容器厂');
    await enter(product, 'chief');
    await page.goto(product.url);
    await expect(page.getByRole('heading', { level: 2, name: '提交初评' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: /新客户/ })).toHaveCount(0);
    await product.stop();
});

test('who is added after the opening is taken into the review from its page', async ({ page, enter }) => {
    const product = await startProduct({ from: template('company') });
    const promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    const { units } = await promotion.get('/directory');
    const unit = units.find((one: { name: string }) => one.name === '销售一科').id;
    let row = await promotion.post('/reviews', { year: 2025, opens: '2026-03-25', closes: '2026-03-30' });
    while (row.cycle.phase.phase === 'opening') row = await promotion.post(`/reviews/${row.cycle.id}/step`, { at: row.progress.position });
    const { id } = await promotion.post('/customers', { code: 'N-3', name: '后来压力容器厂', unit, since: '2015-01-01' });
    await enter(product, 'chief');
    await page.goto(`${product.url}/customers/${id}`);
    await page.getByRole('button', { name: '纳入本次评审' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('后来压力容器厂');
    await expect(page).toHaveURL(new RegExp(`/reviews/${row.cycle.id}/forms/${id}$`));
    await expect(page.locator('#f-collection-n')).toBeVisible();
    await product.stop();
});
