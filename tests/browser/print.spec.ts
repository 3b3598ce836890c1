// A customer's page on paper: the grade and its explanation, without what only a screen can do.
import { type Page } from '@playwright/test';
import { expect, test } from './test';

/** How many pages a PDF of Chromium has: its page objects are not compressed. */
const sheets = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

/** The least and greatest edges of what is on the page, against its width. */
const beyond = (page: Page) =>
    page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const all = [...document.querySelectorAll('main *')].filter((node) => node.checkVisibility() && node.getClientRects().length > 0);
        return all.filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return left < -1 || right > width + 1;
        }).map((node) => node.className);
    });

test('a customer prints on two sheets of A4 at most, with all of the explanation and none of the controls @desk', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const [first] = (await promotion.get('/customers?tier=B&limit=1')).items;
    await page.goto(`${demo.url}/customers/${first.id}`);
    await expect(page.locator('.fj-indicator')).toHaveCount(8);
    await expect(page.getByRole('button', { name: '打印' })).toBeVisible();

    // A4 less its margins, at 96 pixels to the inch.
    await page.setViewportSize({ width: 688, height: 1016 });
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('heading', { level: 1, name: first.name })).toBeVisible();
    await expect(page.getByRole('region', { name: '等级' }).getByRole('img', { name: /^B 级/ })).toBeVisible();
    const main = page.getByRole('main');
    for (const sentence of await page.locator('.fj-indicator__sentence').all()) await expect(sentence).toBeVisible();
    for (const text of ['客户编号', first.code, '评分说明', '与上年对比', '升级路径', '2025 年度']) await expect(main).toContainText(text);
    for (const control of ['button', 'select', 'input', 'nav', '.fj-topbar']) {
        await expect(page.locator(control).filter({ visible: true }), control).toHaveCount(0);
    }
    expect(await beyond(page)).toEqual([]);

    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(sheets(pdf)).toBeGreaterThanOrEqual(1);
    expect(sheets(pdf)).toBeLessThanOrEqual(2);
    // A4 in points.
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
});

test('in the dark the paper is still white @desk', async ({ page, demo, enter }) => {
    await enter(demo, 'promotion');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.goto(`${demo.url}/customers?tier=B`);
    await page.goto(`${demo.url}${await page.locator('.fj-row__link').first().getAttribute('href')}`);
    await expect(page.locator('.fj-indicator')).toHaveCount(8);
    const [ink, paper] = await page.locator('.fj-indicators').evaluate((node) => {
        const shade = (color: string) => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
        const panel = node.closest('.fj-panel')!;
        return [shade(getComputedStyle(node).color), shade(getComputedStyle(panel).backgroundColor)];
    });
    expect(Math.max(...ink!)).toBeLessThan(100);
    expect(Math.min(...paper!)).toBeGreaterThan(240);
});
