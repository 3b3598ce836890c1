// The strip of tiers above the list, how many are in each; and rows by the hundred.
import { type Page } from '@playwright/test';
import { expect, test } from './test';

const rows = (page: Page) => page.locator('.fj-row');
const cell = (page: Page, name: string) => page.getByRole('group', { name: '按等级筛选' }).getByRole('button', { name: new RegExp(name) });
const count = async (page: Page, name: string) => Number((await cell(page, name).locator('.fj-tally__count').innerText()).replace(/\D/g, ''));

test('the strip says how many customers are in each tier', async ({ page, demo, enter }) => {
    const rep = await enter(demo, 'lixiaomei');
    const all = await rep.all('/customers');
    const of = (tier?: string) => all.filter((one) => one.tier === tier).length;
    await page.goto(`${demo.url}/customers`);
    for (const tier of ['A', 'B', 'C']) await expect.poll(() => count(page, `${tier} 级`)).toBe(of(tier));
    expect(await count(page, '未评级')).toBe(of());
    // Narrowing to one tier leaves the strip as it is.
    await cell(page, 'B 级').click();
    await expect(rows(page)).toHaveCount(Math.min(of('B'), 50));
    expect(await count(page, 'A 级')).toBe(of('A'));
});

test('counts follow the unit that is chosen', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const unit = (await promotion.get('/directory')).units.find((one: { name: string }) => one.name === '云泽代表处');
    const all = await promotion.all(`/customers?unit=${unit.id}`);
    await page.goto(`${demo.url}/customers?unit=${unit.id}`);
    await expect.poll(() => count(page, 'A 级')).toBe(all.filter((one) => one.tier === 'A').length);
});

test('the place is found again among hundreds of rows', async ({ page, demo, enter }) => {
    await enter(demo, 'promotion');
    await page.goto(`${demo.url}/customers?sort=code`);
    for (const loaded of [50, 100, 150, 200]) {
        await expect(rows(page)).toHaveCount(loaded);
        if (loaded < 200) await page.getByRole('button', { name: '加载更多' }).click();
    }
    const row = rows(page).nth(180);
    await row.scrollIntoViewIfNeeded();
    const { y: before = 0 } = (await row.boundingBox()) ?? {};
    await row.getByRole('link').click();
    await expect(page).toHaveURL(/\/customers\/.+/);
    await page.goBack();
    await expect(rows(page)).toHaveCount(200);
    await expect.poll(async () => Math.abs(((await row.boundingBox())?.y ?? -9_999) - before)).toBeLessThan(3);
});
