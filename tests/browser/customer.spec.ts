// A customer's page: the grade explained, and what if.
import { type Page } from '@playwright/test';
import { expect, test } from './test';

async function openFirst(page: Page, url: string): Promise<void> {
    await page.goto(`${url}/customers?tier=B`);
    await page.locator('.fj-row__link').first().click();
    await expect(page.locator('.fj-indicator')).toHaveCount(8);
}

test('a grade is explained: a bar and a sentence for each indicator, last year beside it', async ({ page, demo, enter }, { project }) => {
    await enter(demo, 'promotion');
    await openFirst(page, demo.url);
    await expect(page.locator('.fj-indicator__sentence')).toHaveCount(8);
    await expect(page.locator('.fj-indicator__bar')).toHaveCount(8);
    await expect(page.getByRole('heading', { name: '升级路径' })).toBeVisible();
    await expect(page.locator('.fj-compare')).toBeVisible();
    await expect(page.getByRole('heading', { name: '历史记录' })).toBeVisible();
    if (project.name === 'desk') await page.screenshot({ path: 'docs/screenshot.png' });
});

test('what if: a slider regrades as it moves, without the network, and nothing is saved', async ({ page, demo, enter }) => {
    await enter(demo, 'promotion');
    await openFirst(page, demo.url);
    await page.getByRole('button', { name: '试算' }).or(page.getByRole('link', { name: '试算' })).first().click();
    const slider = page.getByRole('slider').first();
    await expect(slider).toBeVisible();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const before = await page.locator('main').innerText();
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.locator('main').innerText()).not.toBe(before);
    await page.keyboard.press('End');
    expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
});
