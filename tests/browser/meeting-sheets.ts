// The pages of the review meeting, with the way to them.
import { Api, DEMO_PASSWORD } from './api';
import { type Product } from './product';
import { type Sheet } from './sheets';
import { expect } from './test';

/** The open review, opened if there is none yet, with every form made. */
export async function reviewed(api: Api): Promise<string> {
    const open = { year: 2025, opens: '2026-03-25', closes: '2026-03-30' };
    const [found] = (await api.get('/reviews')).items;
    let row = found ?? (await api.post('/reviews', open));
    while (row.cycle.phase.phase === 'opening') {
        row = await api.post(`/reviews/${row.cycle.id}/step`, { at: row.progress.position });
    }
    return row.cycle.id;
}

/** The same with a few forms handed in, for the meeting to go through. */
async function handedIn({ url }: Product, api: Api): Promise<string> {
    const cycle = await reviewed(api);
    const chief = await Api.signIn(url, 'chief1', DEMO_PASSWORD);
    if ((await chief.get(`/reviews/${cycle}/forms?stage=submitted&limit=1`)).items.length > 0) return cycle;
    const rows = (await chief.all(`/reviews/${cycle}/forms?stage=draft`)).filter((row) => row.computed).slice(0, 4);
    for (const [at, row] of rows.entries()) {
        const wanted = at === 0 ? { move: 'submit', grade: row.computed === 'A' ? 'B' : 'A', reason: 'as last year' } : { move: 'submit', grade: row.computed };
        await chief.raw('POST', `/reviews/${cycle}/forms/${row.customer}/moves`, { wanted }, { 'if-match': `"v${row.version}"` });
    }
    return cycle;
}

export const meeting: Sheet[] = [
    {
        name: 'the review meeting',
        login: 'promotion',
        open: async (page, product, api) => {
            await page.goto(`${product.url}/reviews/${await handedIn(product, api!)}/meeting`);
            await expect(page.locator('.fj-case .fj-indicator').first()).toBeVisible();
        },
    },
    {
        name: 'the record of a meeting, with what is wrong',
        login: 'promotion',
        open: async (page, product, api) => {
            await page.goto(`${product.url}/reviews/${await handedIn(product, api!)}/meeting`);
            await page.locator('.fj-panel:has(#meeting-record) button').click();
            await page.locator('.fj-panel--sheet form').evaluate((form: HTMLFormElement) => form.requestSubmit());
            await expect(page.locator('.fj-field__error').first()).toBeVisible();
        },
    },
    {
        name: 'something put before the meeting, with what is wrong',
        login: 'chief1',
        open: async (page, product) => {
            const promotion = await Api.signIn(product.url, 'promotion', DEMO_PASSWORD);
            await page.goto(`${product.url}/reviews/${await handedIn(product, promotion)}/meeting`);
            await page.locator('.fj-agenda__part button').first().click();
            await page.locator('dialog form').evaluate((form: HTMLFormElement) => form.requestSubmit());
            await expect(page.locator('.fj-field__error').first()).toBeVisible();
        },
    },
    {
        name: 'the minutes of a meeting',
        login: 'promotion',
        open: async (page, product, api) => {
            await page.goto(`${product.url}/reviews/${await handedIn(product, api!)}/minutes`);
            await expect(page.locator('.fj-paper--page .fj-paper__boxes')).toBeVisible();
        },
    },
    {
        name: 'the A list',
        login: 'promotion',
        open: async (page, product, api) => {
            await page.goto(`${product.url}/reviews/${await handedIn(product, api!)}/a-list`);
            await expect(page.locator('.fj-paper--page .fj-paper__boxes')).toBeVisible();
        },
    },
];
