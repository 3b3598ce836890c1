// Every page, at both widths: accessible in light and dark, no wider than the screen, nothing too
// small for a thumb, in the language it says, and in English without a word of Chinese that is not data.
import { DEMO_PASSWORD } from './api';
import { chinese, flaws, names, overflow, small } from './looks';
import { sheets } from './sheets';
import { expect, field, signIn, test } from './test';

for (const sheet of sheets) {
    test(`${sheet.name}: accessible, fits, speaks both languages`, async ({ page, demo, enter }, { project }) => {
        // The editor of a policy is the largest of all; a debug build opens it in ten seconds.
        test.setTimeout(150_000);
        const phone = project.name === 'phone';
        const admin = await enter(demo, 'admin', await page.context().browser()!.newContext());
        const api = sheet.login ? await enter(demo, sheet.login) : undefined;
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        await sheet.open(page, demo, api);
        await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
        expect.soft(await flaws(page), 'light').toEqual([]);
        expect.soft(await overflow(page), 'pixels wider than the screen').toBe(0);
        if (phone) expect.soft(await small(page), 'smaller than a thumb').toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
        expect.soft(await flaws(page, 'colours'), 'dark').toEqual([]);
        // The narrowest phones that are still sold.
        const { width, height } = page.viewportSize()!;
        if (phone) await page.setViewportSize({ width: 360, height: 740 });
        expect.soft(await overflow(page), 'pixels wider than the narrowest screen').toBe(0);

        await page.evaluate(() => localStorage.setItem('fenji.lang', 'en'));
        await sheet.open(page, demo, api);
        await expect(page.locator('html')).toHaveAttribute('lang', 'en');
        const data = await names(admin, ['promotion', 'production', 'chief1'].includes(sheet.login ?? '') ? api : undefined);
        expect.soft(await chinese(page, data), 'Chinese left in English').toEqual([]);
        expect.soft(await overflow(page), 'pixels wider than the narrowest screen, in English').toBe(0);
        await page.setViewportSize({ width, height });
        expect.soft(await overflow(page), 'pixels wider than the screen, in English').toBe(0);
    });
}

test('the keyboard alone signs in and opens a customer', async ({ page, demo }) => {
    await page.goto(`${demo.url}/customers`);
    await expect(field(page, '登录名')).toBeVisible();
    const press = async (until: () => Promise<boolean>): Promise<void> => {
        for (let presses = 0; presses < 40 && !(await until()); presses += 1) await page.keyboard.press('Tab');
        expect.soft(await until()).toBe(true);
    };
    const focused = (selector: string) => () => page.evaluate((selector) => !!document.activeElement?.matches(selector), selector);
    await press(focused('#login'));
    await page.keyboard.type('lixiaomei');
    await press(focused('#password'));
    await page.keyboard.type(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();
    await expect(page.locator('.fj-row').first()).toBeVisible();
    await press(focused('.fj-row__link'));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/customers\/.+/);
});

test('language and appearance are chosen in the menu and kept', async ({ page, demo }) => {
    await page.goto(`${demo.url}/customers`);
    await signIn(page, 'wangjun', DEMO_PASSWORD);
    await page.getByRole('button', { name: '王军' }).click();
    await page.getByRole('button', { name: 'English (EN)' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
