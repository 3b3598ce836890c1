// What the page says of the network. Without the service worker, for requests of a page that has one cannot be held back.
import { expect, hold, test } from './test';

test('an answer to what was asked before the network went does not bring it back', async ({ page, company, enter }) => {
    await enter(company, 'promotion');
    await page.goto(`${company.url}/customers`);
    await expect(page.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();
    const [note, search] = [page.locator('.fj-topbar__note'), page.getByRole('searchbox', { name: '搜索客户' })];
    const answer = await hold(page, '**/api/v1/customers?*');
    const nothing = page.getByText('没有符合条件的客户');
    const asked = page.waitForRequest('**/api/v1/customers?*');
    await search.fill('没有这样的客户');
    await asked;
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    await expect(note).toHaveText('没有网络');
    answer();
    await expect(nothing).toBeVisible();
    await expect(note).toHaveText('没有网络');
    // What is asked from now on tells again.
    await search.fill('');
    await expect(nothing).toHaveCount(0);
    await expect(note).toHaveCount(0);
});
