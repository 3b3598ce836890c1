// The pages of public links, with the way to them: those of the app, and the one that a stranger sees.
import { type Page } from '@playwright/test';
import { type Api } from './api';
import { type Product } from './product';
import { type Sheet } from './sheets';
import { expect } from './test';

/** A link to a unit of the demo that shows everything. */
async function link(api: Api, terms: object = {}): Promise<string> {
    const [unit] = (await api.get('/directory')).units;
    const all = { names: true, figures: true, credit: true, sheet: true };
    return (await api.post('/links', { unit: unit.id, as_at: '2026-03-26', until: '2026-06-30', ...all, ...terms })).path;
}

/** The dialog of a new link. */
async function begun(page: Page, { url }: Product, api: Api): Promise<void> {
    const [unit] = (await api.get('/directory')).units;
    await page.goto(`${url}/links?share=${unit.id}`);
    await expect(page.locator('dialog #unit')).toHaveValue(unit.id);
}

const send = (page: Page) => page.locator('dialog form').evaluate((form: HTMLFormElement) => form.requestSubmit());

export const share: Sheet[] = [
    {
        name: 'public links',
        login: 'promotion',
        open: async (page, { url }, api) => {
            if (!(await api!.get('/links')).items.length) await link(api!, { passcode: '294817', max_views: 20 });
            await page.goto(`${url}/links`);
            await expect(page.locator('tbody tr').first()).toBeVisible();
        },
    },
    {
        name: 'a new public link, with what is wrong',
        login: 'promotion',
        open: async (page, product, api) => {
            await begun(page, product, api!);
            await page.locator('#passcode').fill('123456');
            await page.locator('#max_views').fill('0');
            await send(page);
            await expect(page.locator('.fj-field__error').first()).toBeVisible();
        },
    },
    {
        name: 'a new public link, to be confirmed',
        login: 'promotion',
        open: async (page, product, api) => {
            await begun(page, product, api!);
            for (const field of ['names', 'figures', 'credit', 'sheet']) await page.locator(`input[name=${field}]`).check();
            await send(page);
            await expect(page.locator('.fj-share__list li').first()).toBeVisible();
        },
    },
    {
        name: 'the address of a public link',
        login: 'promotion',
        open: async (page, product, api) => {
            await begun(page, product, api!);
            await send(page);
            await page.locator('dialog .fj-button--primary').click();
            await expect(page.locator('.fj-share__face')).toBeVisible();
        },
    },
];

export { link };
