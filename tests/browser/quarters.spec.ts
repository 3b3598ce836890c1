// The quarterly look: written by the chief, closed once the quarter is over, read by promotion, and shown in
// the customer's yearly form.
import { Api, PASSWORD } from './api';
import { startProduct, template } from './product';
import { expect, hold, test } from './test';

test('a chief writes the quarter and closes it, and the mark stands in the yearly form', async ({ page, enter }) => {
    test.setTimeout(120_000);
    const product = await startProduct({ from: template('company') });
    const promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    const { units } = await promotion.get('/directory');
    const unit = units.find((one: { name: string }) => one.name === '销售一科').id;
    const { id } = await promotion.post('/customers', { code: 'Q-1', name: '淡季压力容器厂', unit, since: '2015-01-01' });

    await enter(product, 'chief');
    await page.goto(`${product.url}/quarters`);
    // The quarter before this one, of the chief's own section.
    await expect(page.getByLabel('季度', { exact: true })).toHaveValue('2025Q4');
    await expect(page.getByRole('heading', { level: 2, name: /^销售一科 · 2025 年第 4 季度/ })).toBeVisible();
    await page.getByLabel('本季销售总额').fill('x');
    await page.getByLabel('淡季压力容器厂：保、扶、放').selectOption('放');
    await page.getByLabel('淡季压力容器厂：说明').fill('三个季度无订单');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByLabel('本季销售总额')).toHaveAccessibleDescription(/请填数字/);
    // What cannot be kept is told before one is asked whether to close.
    await page.getByRole('button', { name: '结清本季' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByLabel('本季销售总额').fill('320.5');
    await page.getByLabel('稳定性').selectOption('波动');
    await page.getByLabel('增长空间').fill('新厂明年投产');
    // What is typed survives a reload.
    await page.reload();
    await expect(page.getByLabel('增长空间')).toHaveValue('新厂明年投产');
    // Until the page is there anew nothing can be pressed that would go with the old one, and what is typed
    // meanwhile stays.
    const answer = await hold(page, '**/api/v1/quarters/*/units/*');
    const close = page.getByRole('button', { name: '结清本季' });
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('已保存')).toBeVisible();
    await expect(close).toBeDisabled();
    await page.getByLabel('增长空间').fill('新厂明年三月投产');
    answer();
    await expect(close).toBeEnabled();
    await expect(page.getByLabel('增长空间')).toHaveValue('新厂明年三月投产');
    await expect(page.getByLabel('本季销售总额')).toHaveValue('320.5');

    // Without a conclusion it is not closed.
    await page.getByRole('button', { name: '结清本季' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结清本季' }).click();
    await expect(page.getByLabel('结论')).toHaveAccessibleDescription(/请填写/);
    await page.getByLabel('结论').fill('保 A 类，放淡季厂');
    await page.getByRole('button', { name: '结清本季' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结清本季' }).click();
    await expect(page.getByText(/陈志远 于 .* 结清/)).toBeVisible();
    await expect(page.getByRole('button', { name: '保存' })).toHaveCount(0);
    await page.goto(product.url);
    await expect(page.getByText('现在没有等您办理的事')).toBeVisible();

    await enter(product, 'promotion');
    await page.goto(`${product.url}/quarters?quarter=2025Q4`);
    await expect(page.getByRole('row', { name: /销售一科/ })).toContainText('已结清');
    await page.getByRole('link', { name: '销售一科' }).click();
    await expect(page.getByRole('row', { name: /淡季压力容器厂/ })).toContainText('三个季度无订单');

    let row = await promotion.post('/reviews', { year: 2025, opens: '2026-03-25', closes: '2026-03-30' });
    while (row.cycle.phase.phase === 'opening') row = await promotion.post(`/reviews/${row.cycle.id}/step`, { at: row.progress.position });
    await page.goto(`${product.url}/reviews/${row.cycle.id}/forms/${id}`);
    await expect(page.getByRole('region', { name: '季度分析' }).getByRole('row', { name: /2025 年第 4 季度/ })).toContainText('放');
    await product.stop();
});
