// The customer list: found, narrowed, ordered, paged, left and come back to.
import { type Page } from '@playwright/test';
import { expect, test } from './test';

const rows = (page: Page) => page.locator('.fj-row');
const names = (page: Page) => page.locator('.fj-row__name').allTextContents();

/** On a phone the filters lie behind a button. */
async function openFilters(page: Page): Promise<void> {
    const toggle = page.getByRole('button', { name: /^筛选/ });
    if (await toggle.isVisible()) await toggle.click();
}

test('a customer is found by name, code and pinyin initials', async ({ page, demo, enter }, { project }) => {
    const promotion = await enter(demo, 'promotion');
    const [unit] = (await promotion.get('/directory')).units;
    const code = `ZZ-${project.name}`;
    const name = `鹤壁青松封头试验厂${project.name === 'desk' ? '甲' : '乙'}`;
    await promotion.post('/customers', { code, name, unit: unit.id });
    await page.goto(`${demo.url}/customers`);
    await expect(rows(page)).toHaveCount(50);
    const search = page.getByRole('searchbox', { name: '搜索客户' });
    for (const query of ['鹤壁青松', code, code.toLowerCase(), `hbqsftsyc${project.name === 'desk' ? 'j' : 'y'}`]) {
        await search.fill(query);
        await expect(rows(page).filter({ hasText: name }), query).toBeVisible();
        expect((await rows(page).count()) <= 2, query).toBe(true);
        await search.fill('');
        await expect(rows(page)).toHaveCount(50);
    }
    await search.fill('没有这样的客户');
    await expect(page.getByText('没有符合条件的客户')).toBeVisible();
    await page.getByRole('button', { name: '全部清除' }).first().click();
    await expect(rows(page)).toHaveCount(50);
});

test('the list narrows by tier, unit and missing data, and orders as asked', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    await page.goto(`${demo.url}/customers`);
    await expect(rows(page)).toHaveCount(50);
    const first = await promotion.get('/customers?sort=score&limit=50');
    expect(await names(page)).toEqual(first.items.map((one: { name: string }) => one.name));

    const tiers = page.getByRole('group', { name: '按等级筛选' });
    await tiers.getByRole('button', { name: /A 级/ }).click();
    const tierA = await promotion.all('/customers?tier=A');
    await expect(rows(page)).toHaveCount(Math.min(tierA.length, 50));
    await expect(page.getByRole('img', { name: /^A 级/ })).toHaveCount(Math.min(tierA.length, 50));
    await tiers.getByRole('button', { name: /未评级/ }).click();
    const none = await promotion.all('/customers?tier=none');
    await expect(rows(page)).toHaveCount(Math.min(none.length, 50));
    await expect(rows(page).filter({ hasText: /依据不足|无数据/ })).toHaveCount(Math.min(none.length, 50));
    await tiers.getByRole('button', { name: /未评级/ }).click();

    await openFilters(page);
    await page.getByLabel('单位').selectOption('云泽代表处');
    const unit = (await promotion.get('/directory')).units.find((one: { name: string }) => one.name === '云泽代表处');
    const ofUnit = await promotion.all(`/customers?unit=${unit.id}`);
    await expect(rows(page)).toHaveCount(Math.min(ofUnit.length, 50));
    await expect(rows(page).filter({ hasText: '云泽代表处' })).toHaveCount(Math.min(ofUnit.length, 50));
    await page.getByRole('checkbox', { name: '只看缺数据' }).check();
    const lacking = await promotion.all(`/customers?unit=${unit.id}&missing=true`);
    await expect(rows(page)).toHaveCount(Math.min(lacking.length, 50));
    await page.getByRole('button', { name: '全部清除' }).click();

    await page.getByLabel('排序').selectOption('销售额从大到小');
    const bySales = await promotion.get('/customers?sort=sales&limit=50');
    await expect(rows(page).first()).toContainText(bySales.items[0].name);
    expect(await names(page)).toEqual(bySales.items.map((one: { name: string }) => one.name));
    await page.reload();
    await expect(page.getByLabel('排序')).toHaveValue('sales');
});

test('going back finds the rows and the place again', async ({ page, demo, enter }) => {
    await enter(demo, 'promotion');
    await page.goto(`${demo.url}/customers?sort=code`);
    await expect(rows(page)).toHaveCount(50);
    await page.getByRole('button', { name: '加载更多' }).click();
    await expect(rows(page)).toHaveCount(100);
    const row = rows(page).nth(80);
    const name = await row.locator('.fj-row__name').innerText();
    await row.getByRole('link').click();
    await expect(page).toHaveURL(/\/customers\/.+/);
    await page.goBack();
    await expect(rows(page)).toHaveCount(100);
    await expect(rows(page).filter({ hasText: name })).toBeInViewport();
});

test('a rep sees own customers alone, and reaches one by the keyboard', async ({ page, demo, enter }) => {
    const rep = await enter(demo, 'lixiaomei');
    const own = await rep.all('/customers');
    await page.goto(`${demo.url}/customers`);
    await expect(rows(page)).toHaveCount(Math.min(own.length, 50));
    await expect(rows(page).filter({ hasText: '李晓梅' })).toHaveCount(Math.min(own.length, 50));
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: '搜索客户' })).toBeFocused();
    const link = rows(page).first().getByRole('link');
    for (let presses = 0; presses < 40 && !(await link.evaluate((node) => node === document.activeElement)); presses += 1) {
        await page.keyboard.press('Tab');
    }
    await expect(link).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/customers\/.+/);
});
