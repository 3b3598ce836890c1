// The book at a glance: its numbers are those of the list, and each opens the rows behind it.
import { expect, test } from './test';

const digits = (text: string) => Number(text.replace(/\D/g, ''));

test('each number opens the customers behind it', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const all = await promotion.all('/customers');
    await page.goto(`${demo.url}/dashboard`);
    const moves = page.getByRole('region', { name: '去年到今年' });
    await expect(moves.getByRole('row').last().getByRole('cell').last()).toHaveText(all.length.toLocaleString('en-US'));
    const fallen = moves.getByRole('link', { name: /由A到B/ });
    const many = digits(await fallen.innerText());
    expect(many).toBe(all.filter((one) => one.previous_tier === 'A' && one.tier === 'B').length);
    await fallen.click();
    await expect(page.getByRole('button', { name: /原为 A 级/ })).toBeVisible();
    await expect(page.locator('.fj-row')).toHaveCount(Math.min(many, 50));
    await page.goBack();
    // A unit is chosen in the address, and everything follows.
    const unit = (await promotion.get('/directory')).units.find((one: { name: string }) => one.name === '云泽代表处');
    await page.getByLabel('单位', { exact: true }).selectOption({ label: '云泽代表处' });
    await expect(page).toHaveURL(new RegExp(`unit=${unit.id}`));
    const own = all.filter((one) => one.unit === unit.id);
    await expect(moves.getByRole('row').last().getByRole('cell').last()).toHaveText(String(own.length));
    const tiers = page.getByRole('region', { name: '各等级的客户与销售额' });
    await expect(tiers.getByRole('row', { name: /B 级/ }).getByRole('cell').first()).toHaveText(String(own.filter((one) => one.tier === 'B').length));
});

test('a chief sees the own unit, a rep is not offered it', async ({ page, demo, enter, browser }) => {
    const chief = await enter(demo, 'chief1');
    const own = await chief.all('/customers');
    await page.goto(`${demo.url}/dashboard`);
    const moves = page.getByRole('region', { name: '去年到今年' });
    await expect(moves.getByRole('row').last().getByRole('cell').last()).toHaveText(String(own.length));
    await expect(page.getByLabel('单位', { exact: true })).toHaveCount(0);
    const context = await browser.newContext({ locale: 'zh-CN' });
    await enter(demo, 'lixiaomei', context);
    const rep = await context.newPage();
    await rep.goto(`${demo.url}/dashboard`);
    await expect(rep.getByText('您的岗位不能查看这一页')).toBeVisible();
    await expect(rep.getByRole('link', { name: '概览' })).toHaveCount(0);
    await context.close();
});
