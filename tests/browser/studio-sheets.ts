// The pages of the policy studio and their states, for sheets.ts.
import { type Page } from '@playwright/test';
import { type Api } from './api';
import { type Product } from './product';
import { type Sheet } from './sheets';
import { expect } from './test';

/** A draft of the version in force, changed so before anybody opens it. */
async function drafted(api: Api, change: (policy: any) => void = () => {}): Promise<{ id: string; version: number; policy: any }> {
    const current = await api.get('/policies/current');
    const policy = structuredClone(current.policy);
    change(policy);
    return api.post('/policy-drafts', { based_on: current.id, policy });
}

/** Opens the editor of a draft. */
async function written(page: Page, { url }: Product, draft: { id: string }): Promise<void> {
    await page.goto(`${url}/policy/drafts/${draft.id}`);
    await expect(page.locator('[id="f.document"]')).toBeVisible({ timeout: 30_000 });
}

/** Everything of the editor that is folded away, opened. */
async function unfolded(page: Page): Promise<void> {
    const folds = page.locator('.fj-fold__summary, .fj-line__summary, .fj-more-fields > summary, .fj-panel__fold > summary');
    for (const summary of await folds.all()) await summary.click();
}

/** Rehearses a draft under which some rise and others fall. */
async function rehearsed(page: Page, { url }: Product, api: Api): Promise<void> {
    const { id } = await drafted(api, ({ tiers }) => ([tiers[0].from, tiers[1].from] = [8_500, 5_000]));
    await page.goto(`${url}/policy/drafts/${id}/rehearsal`);
    await expect(page.locator('[aria-labelledby="p-movers"] tbody tr').first()).toBeVisible({ timeout: 60_000 });
}

export const studio: Sheet[] = [
    {
        name: 'two versions of the policy',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/policy/compare`);
            await expect(page.locator('.fj-pair')).toBeVisible({ timeout: 30_000 });
        },
    },
    {
        name: 'a draft unfolded, with mistakes of every chapter',
        login: 'promotion',
        open: async (page, product, api) => {
            const draft = await drafted(api!, (policy) => {
                policy.indicators[0].weight = 2_400;
                policy.indicators[0].scoring.bands[2].low = policy.indicators[0].scoring.bands[1].low;
                policy.tiers[1].from = 9_000;
                policy.gates[0].when.test = { one_of: [] };
            });
            await written(page, product, draft);
            await unfolded(page);
            await expect(page.locator('.fj-problem').first()).toBeVisible();
        },
    },
    {
        name: 'a draft by quota',
        login: 'promotion',
        open: async (page, product, api) => {
            await written(page, product, await drafted(api!));
            await page.locator('[id="f.method"]').selectOption('quota');
            await expect(page.locator('[id="f.method"]')).toHaveValue('quota');
        },
    },
    {
        name: 'a draft by rules',
        login: 'promotion',
        open: async (page, product, api) => {
            await written(page, product, await drafted(api!));
            await page.locator('[id="f.method"]').selectOption('rules');
            await expect(page.locator('[id="f.method.otherwise"]')).toBeVisible();
            await page.locator('#s-method .fj-line__summary').first().click();
        },
    },
    {
        name: 'a draft tried on a customer',
        login: 'promotion',
        open: async (page, product, api) => {
            const [row] = (await api!.get('/customers?tier=B&limit=1')).items;
            await written(page, product, await drafted(api!));
            await page.locator('#sample input[type=search]').fill(row.code);
            await page.locator('.fj-pick').first().click();
            await expect(page.locator('#sample .fj-score__value')).toBeVisible();
        },
    },
    {
        name: 'a policy as JSON that is none',
        login: 'promotion',
        open: async (page, product, api) => {
            await written(page, product, await drafted(api!));
            await page.locator('.fj-toolbar__actions button').first().click();
            await page.locator('#exchange-text').fill('{"title": 3}');
            await page.locator('dialog .fj-button--primary').click();
            await expect(page.locator('dialog .fj-notice')).toBeVisible();
        },
    },
    {
        name: 'a draft that another person saved meanwhile',
        login: 'promotion',
        open: async (page, product, api) => {
            const draft = await drafted(api!);
            await written(page, product, draft);
            await api!.put(`/policy-drafts/${draft.id}`, draft.version, { policy: { ...draft.policy, evidence_floor: 7_000 } });
            await page.locator('[id="f.document"]').fill('FJ-2');
            await page.keyboard.press('Control+s');
            await expect(page.getByRole('dialog')).toBeVisible();
        },
    },
    { name: 'a rehearsal', login: 'promotion', open: (page, product, api) => rehearsed(page, product, api!) },
    {
        name: 'a draft to be published, without a reason',
        login: 'promotion',
        open: async (page, product, api) => {
            await rehearsed(page, product, api!);
            await page.locator('.fj-page-header .fj-button--primary').click();
            await page.locator('dialog form').evaluate((form: HTMLFormElement) => form.requestSubmit());
            await expect(page.locator('dialog .fj-field__error')).toBeVisible();
        },
    },
];
