// A customer's page: the grade explained.
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
