// Two people on one evaluation form, which saves by itself: the second is told, sees both values, loses
// nothing, and decides.
import { type Route } from '@playwright/test';
import { Api, PASSWORD, judged, measured } from './api';
import { FiguresPage } from './figures-page';
import { startProduct, template } from './product';
import { expect, test } from './test';

test('of two people on one form the second sees both values, loses nothing, and decides @desk', async ({ page, enter, second }) => {
    test.setTimeout(120_000);
    const product = await startProduct({ from: template('company') });
    const promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    const { units } = await promotion.get('/directory');
    const users = await promotion.all('/colleagues');
    const unit = units.find((one: { name: string }) => one.name === '销售一科').id;
    const rep = users.find((one: { name: string }) => one.name === '李晓梅').id;
    const { id } = await promotion.post('/customers', { code: 'T-1', name: '两人同填厂', unit, rep, since: '2015-01-01' });
    await promotion.put(`/customers/${id}/years/2025/figures`, 0, { values: { collection: measured(8_000), price_level: measured(9_500) } });
    let row = await promotion.post('/reviews', { year: 2025, opens: '2026-03-25', closes: '2026-03-30' });
    while (row.cycle.phase.phase === 'opening') row = await promotion.post(`/reviews/${row.cycle.id}/step`, { at: row.progress.position });
    const address = `${product.url}/reviews/${row.cycle.id}/forms/${id}`;

    const chief = await enter(product, 'chief');
    const other = await second();
    await enter(product, 'rep', other);
    const mine = new FiguresPage(page, product.url, id);
    const theirs = new FiguresPage(await other.newPage(), product.url, id);
    await Promise.all([page.goto(address), theirs.page.goto(address)]);
    for (const form of [mine, theirs]) await expect(form.number('货款回收')).toHaveValue('80', { timeout: 30_000 });
    const stored = async () => (await chief.get(`/reviews/${row.cycle.id}/forms/${id}`)).content;
    const saved = (form: FiguresPage) => expect(form.page.getByText('已保存，服务器复核一致')).toBeVisible({ timeout: 15_000 });

    // What both write is the same figure and the same level; what only one writes is in nobody's way.
    await page.route('**/forms/**', async (route) => {
        if (route.request().method() === 'PUT') await theirsSaved;
        await route.continue();
    });
    let told = () => {};
    const theirsSaved = new Promise<void>((resolve) => (told = resolve));
    await mine.put('货款回收', '92');
    await mine.put('订单计划性', 'B');
    await mine.put('产品满足度', 'A');
    await theirs.put('货款回收', '85');
    await theirs.put('订单计划性', 'C');
    await theirs.put('销售价格', '97');
    await saved(theirs);
    told();

    await expect(page.getByText('别人也改了这张表')).toBeInViewport({ timeout: 15_000 });
    const line = (name: string) => page.locator('.fj-notice .fj-compare').getByRole('row').filter({ hasText: name });
    await expect(line('货款回收')).toContainText('92 %');
    await expect(line('货款回收')).toContainText('85 %');
    await expect(line('订单计划性').getByRole('cell')).toContainText(['B', 'C']);
    await expect(line('产品满足度')).toHaveCount(0);
    await expect(line('销售价格')).toHaveCount(0);
    await expect(mine.number('货款回收')).toHaveValue('92');
    await expect(mine.level('订单计划性', 'B')).toBeChecked();
    await expect(mine.level('产品满足度', 'A')).toBeChecked();
    await expect(mine.number('销售价格')).toHaveValue('97');
    // Nothing is saved over the other's until it is said which counts, however long that takes.
    await page.waitForTimeout(2_500);
    expect((await stored()).values.collection.input).toEqual(measured(8_500));

    await line('订单计划性').getByRole('button', { name: '用对方的' }).click();
    await expect(mine.level('订单计划性', 'C')).toBeChecked();
    await page.getByRole('button', { name: '以我的为准，保存' }).click();
    await saved(mine);
    const { values } = await stored();
    const inputs = Object.fromEntries(Object.entries<{ input: object }>(values).map(([key, one]) => [key, one.input]));
    expect(inputs).toEqual({
        collection: measured(9_200),
        order_planning: judged('C'),
        price_level: measured(9_700),
        product_fit: judged('A'),
    });

    // A server that did not answer is asked again: the browser, whose network never went, cannot tell it is back.
    const down = (route: Route) => route.abort();
    await page.route('**/forms/**', down);
    await mine.put('货款回收', '93');
    await expect(page.getByText('连不上服务器，填的内容已留在本机，恢复后自动保存')).toBeVisible({ timeout: 15_000 });
    await page.unroute('**/forms/**', down);
    await expect(page.getByText('已保存，服务器复核一致')).toBeVisible({ timeout: 30_000 });
    expect((await stored()).values.collection.input).toEqual(measured(9_300));
    await product.stop();
});
