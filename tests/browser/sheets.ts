// Every page, and every state of a page that looks different, with the way to it. It is long because it lists
// them all.
import { type Page } from '@playwright/test';
import { Api, DEMO_PASSWORD, measured } from './api';
import { ImportPage, csv } from './import-page';
import { meeting, reviewed } from './meeting-sheets';
import { type Product } from './product';
import { share } from './share-sheets';
import { studio } from './studio-sheets';
import { expect, field } from './test';

export interface Sheet {
    name: string;
    /** Who looks at it; nobody when absent. */
    login?: string;
    /** Opens it and waits until it is all there. */
    open: (page: Page, product: Product, api: Api | undefined) => Promise<void>;
}

let made = 0;
/** Told apart from every other of the run, without a word of Chinese. */
const unique = (name: string) => `${name}-${process.pid}-${(made += 1)}`;

const heading = (page: Page, name: string | RegExp) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

/** A customer of whom nothing is known yet. */
async function stranger(api: Api): Promise<string> {
    const [unit] = (await api.get('/directory')).units;
    const name = unique('Quality Ltd');
    return (await api.post('/customers', { code: name, name, unit: unit.id })).id;
}

/** A new customer of the first unit that can be seen. */
async function newcomer(api: Api, since: string): Promise<string> {
    const [unit] = (await api.get('/directory')).units;
    const name = unique('New Ltd');
    return (await api.post('/customers', { code: name, name, unit: unit.id, since })).id;
}

/** A graded customer of the demo. */
async function graded(api: Api): Promise<string> {
    return (await api.get('/customers?tier=B&limit=1')).items[0].id;
}

/** Opens the form of a year in which somebody else saved meanwhile, and tries to save. */
async function overtaken(page: Page, { url }: Product, api: Api): Promise<void> {
    const id = await stranger(api);
    await page.goto(`${url}/customers/${id}/figures?year=2025`);
    await page.locator('#f-collection-n').fill('92');
    await api.put(`/customers/${id}/years/2025/figures`, 0, { values: { collection: measured(8_500) } });
    await page.locator('button[type=submit]').click();
    await expect(page.locator('#figures-said .fj-compare')).toBeVisible();
}

const LEDGER = 'code,name,year,sales,collection\nQ-1,Quality Ltd,2024,88,85%\nQ-2,Second Ltd,,5,90%\nQ-3,Third Ltd,2024,x,90%';

/** The checked ledger, with lines that cannot be read. */
async function checked(page: Page, { url }: Product): Promise<void> {
    await page.goto(`${url}/import`);
    await new ImportPage(page, url).choose(csv('2024.csv', LEDGER));
    await expect(page.locator('#import-columns')).toBeVisible();
    await page.locator('#import-unit').selectOption({ index: 1 });
    const amount = page.locator('#import-amount');
    if (!(await amount.inputValue())) await amount.selectOption('ten_thousand');
    await page.locator('.fj-button--primary').click();
    await expect(page.locator('#import-totals')).toBeVisible({ timeout: 30_000 });
    await expect(page.locator('.fj-stat__value').first()).not.toHaveText('…', { timeout: 30_000 });
}

export const sheets: Sheet[] = [
    { name: 'sign-in', open: (page, { url }) => page.goto(url).then(() => expect(field(page, '登录名|Login')).toBeVisible()) },
    {
        name: 'customers',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/customers`);
            await expect(page.locator('.fj-row')).toHaveCount(50);
        },
    },
    {
        name: 'import, the file',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/import`);
            await expect(page.locator('#import-history')).toBeVisible();
        },
    },
    {
        name: 'import, the columns',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/import`);
            await new ImportPage(page, url).choose(csv('2024.csv', 'code,name,year,sales\nQ-1,Quality Ltd,2024,88'));
            await expect(page.locator('#import-columns')).toBeVisible();
        },
    },
    { name: 'policy', login: 'promotion', open: (page, { url }) => page.goto(`${url}/policy`).then(() => heading(page, /分级管理办法|policy/i)) },
    {
        name: 'customer',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/customers`);
            await page.locator('.fj-row__link').first().click();
            await expect(page.locator('.fj-indicator')).toHaveCount(8);
        },
    },
    {
        name: 'review',
        login: 'promotion',
        open: async (page, { url }, api) => {
            await reviewed(api!);
            await page.goto(`${url}/review`);
            await expect(page.locator('.fj-spread')).toBeVisible({ timeout: 60_000 });
        },
    },
    {
        name: 'home, with what waits',
        login: 'chief1',
        open: async (page, { url }) => {
            await reviewed(await Api.signIn(url, 'promotion', DEMO_PASSWORD));
            await page.goto(url);
            await expect(page.locator('.fj-row__actions').first()).toBeVisible({ timeout: 60_000 });
        },
    },
    {
        name: 'home, nothing waits',
        login: 'production',
        open: async (page, { url }) => {
            await reviewed(await Api.signIn(url, 'promotion', DEMO_PASSWORD));
            await page.goto(url);
            await expect(page.locator('.fj-empty')).toBeVisible();
        },
    },
    {
        name: 'stand-ins',
        login: 'chief1',
        open: async (page, { url }, api) => {
            const { items } = await api!.get('/stand-ins');
            if (!items.length) {
                const own = (await api!.get('/session')).user;
                const by = (await api!.all('/colleagues')).find((one) => one.role === 'section_chief' && one.id !== own).id;
                await api!.post('/stand-ins', { by, from: '2026-03-26', until: '2026-04-02' });
            }
            await page.goto(`${url}/stand-ins`);
            await expect(page.getByRole('rowheader').first()).toBeVisible();
        },
    },
    {
        name: 'a stand-in, with what is wrong',
        login: 'chief1',
        open: async (page, { url }) => {
            await page.goto(`${url}/stand-ins`);
            await page.locator('.fj-page-header .fj-button--primary').click();
            await page.getByRole('dialog').locator('button[type=submit]').click();
            await expect(page.locator('.fj-field__error')).toHaveCount(1);
        },
    },
    {
        name: 'new customers',
        login: 'promotion',
        open: async (page, { url }, api) => {
            await newcomer(api!, '2025-09-20');
            await page.goto(`${url}/newcomers`);
            await expect(page.locator('.fj-row').first()).toBeVisible();
        },
    },
    {
        name: 'a new customer',
        login: 'chief1',
        open: async (page, { url }, api) => {
            const id = await newcomer(api!, '2025-10-01');
            await api!.post(`/customers/${id}/deal-grades`, { deal: 'PO-17', day: '2026-03-20', grade: 'B', reason: 'paid in cash' });
            await page.goto(`${url}/customers/${id}`);
            await expect(page.locator('#p-newcomer')).toBeVisible();
        },
    },
    {
        name: 'the grade of a deal, with what is wrong',
        login: 'chief1',
        open: async (page, { url }, api) => {
            await page.goto(`${url}/customers/${await newcomer(api!, '2025-10-01')}`);
            await page.locator('section:has(#p-newcomer) .fj-panel__actions button').first().click();
            await page.getByRole('dialog').locator('button[type=submit]').click();
            await expect(page.locator('.fj-field__error')).toHaveCount(3);
        },
    },
    {
        name: 'the book at a glance',
        login: 'promotion',
        open: async (page, { url }, api) => {
            await reviewed(api!);
            await page.goto(`${url}/dashboard`);
            await expect(page.locator('#dashboard-review')).toBeVisible();
            await expect(page.locator('#dashboard-units')).toBeVisible();
            await expect(page.locator('canvas')).toHaveCount(2);
        },
    },
    {
        name: 'a unit at a glance',
        login: 'chief1',
        open: async (page, { url }) => {
            await page.goto(`${url}/dashboard`);
            await page.locator('.fj-panel:has(#dashboard-concentration) .fj-toggle__option').last().click();
            await expect(page.locator('.fj-chart__table')).toBeVisible();
        },
    },
    {
        name: 'quarters of all units',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/quarters`);
            await expect(page.getByRole('rowheader').first()).toBeVisible();
        },
    },
    {
        name: 'a quarter, to be written',
        login: 'chief1',
        open: async (page, { url }) => {
            await page.goto(`${url}/quarters`);
            await expect(page.locator('#cause')).toBeVisible();
            await expect(page.getByRole('rowheader').first()).toBeVisible();
        },
    },
    {
        name: 'the forms of a review',
        login: 'promotion',
        open: async (page, { url }, api) => {
            await page.goto(`${url}/reviews/${await reviewed(api!)}/forms`);
            await expect(page.locator('.fj-row').first()).toBeVisible();
        },
    },
    {
        name: 'the form of a customer',
        login: 'chief1',
        open: async (page, { url }, api) => {
            const promotion = await Api.signIn(url, 'promotion', DEMO_PASSWORD);
            const cycle = await reviewed(promotion);
            const [row] = (await api!.get(`/reviews/${cycle}/forms?limit=1`)).items;
            await page.goto(`${url}/reviews/${cycle}/forms/${row.customer}`);
            await expect(page.locator('#f-collection-n')).toBeVisible();
        },
    },
    { name: 'password', login: 'promotion', open: (page, { url }) => page.goto(`${url}/password`).then(() => heading(page, /密码|password/i)) },
    { name: 'nothing there', login: 'promotion', open: (page, { url }) => page.goto(`${url}/nothing`).then(() => expect(page.locator('.fj-empty')).toBeVisible()) },
    {
        name: 'users',
        login: 'admin',
        open: async (page, { url }) => {
            await page.goto(`${url}/users`);
            await expect(page.getByRole('rowheader', { name: '李晓梅' })).toBeVisible();
        },
    },
    {
        name: 'a new user',
        login: 'admin',
        open: async (page, { url }) => {
            await page.goto(`${url}/users`);
            await page.locator('.fj-page-header .fj-button--primary').click();
            await expect(page.getByRole('dialog')).toBeVisible();
        },
    },
    {
        name: 'units',
        login: 'admin',
        open: async (page, { url }) => {
            await page.goto(`${url}/units`);
            await expect(page.getByRole('rowheader', { name: '销售一科' })).toBeVisible();
        },
    },
    {
        name: 'sign-in, refused',
        open: async (page, { url }) => {
            await page.goto(url);
            await page.locator('#login').fill('nobody');
            await page.locator('#password').fill('not the password');
            await page.locator('button[type=submit]').click();
            await expect(page.getByRole('alert')).toBeVisible();
        },
    },
    {
        name: 'set-up, with what is wrong',
        open: async (page, { url }) => {
            await page.route('**/api/v1/setup', (route) => route.fulfill({ json: { needed: true } }));
            await page.goto(url);
            await page.locator('button[type=submit]').click();
            await expect(page.locator('.fj-field__error')).toHaveCount(4);
        },
    },
    {
        name: 'the first password, with what is wrong',
        open: async (page, { url }) => {
            const login = unique('fresh');
            const admin = await Api.signIn(url, 'admin', DEMO_PASSWORD);
            const { password } = await admin.post('/users', { login, name: 'Fresh', role: 'promotion' });
            await page.context().clearCookies();
            await (await Api.signIn(url, login, password)).lend(page.context());
            await page.goto(url);
            await page.locator('#current').fill(password);
            await page.locator('#new').fill('short');
            await page.locator('button[type=submit]').click();
            await expect(page.locator('.fj-field__error')).toHaveCount(2);
        },
    },
    {
        name: 'the menu of the person',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/policy`);
            await heading(page, /分级管理办法|policy/i);
            await page.locator('.fj-user').click();
            await expect(page.getByRole('menuitem').first()).toBeVisible();
        },
    },
    {
        name: 'customers, a file of them',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/customers`);
            await expect(page.locator('.fj-row').first()).toBeVisible();
            await page.getByRole('button', { name: /^(导出|Export)$/ }).click();
            await expect(page.getByRole('menuitem', { name: /CSV/ })).toBeVisible();
        },
    },
    {
        name: 'customers, filtered to none',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/customers?tier=A&missing=true&q=xyzxyz`);
            await expect(page.locator('.fj-empty')).toBeVisible();
            const filters = page.locator('.fj-filter [aria-expanded=false]');
            if (await filters.isVisible()) await filters.click();
        },
    },
    {
        name: 'customer without figures',
        login: 'promotion',
        open: async (page, { url }, api) => {
            await page.goto(`${url}/customers/${await stranger(api!)}`);
            await expect(page.locator('.fj-empty')).toBeVisible();
        },
    },
    {
        name: 'customer, the figures hidden',
        login: 'production',
        open: async (page, { url }, api) => {
            await page.goto(`${url}/customers/${await graded(api!)}`);
            await expect(page.locator('.fj-notice--info')).toBeVisible();
        },
    },
    {
        name: 'customer, what if',
        login: 'promotion',
        open: async (page, { url }, api) => {
            await page.goto(`${url}/customers/${await graded(api!)}?whatif=1`);
            await page.getByRole('slider').first().focus();
            await page.keyboard.press('End');
            await expect(page.locator('.fj-slider--changed')).toHaveCount(1);
        },
    },
    {
        name: 'customer, the master record',
        login: 'promotion',
        open: async (page, { url }, api) => {
            await page.goto(`${url}/customers/${await graded(api!)}`);
            await page.locator('.fj-page-header__actions button').first().click();
            await page.locator('#edit-name').fill('');
            await page.locator('#edit-customer-form').evaluate((form: HTMLFormElement) => form.requestSubmit());
            await expect(page.locator('.fj-field__error')).toBeVisible();
        },
    },
    {
        name: 'figures, changed and with a wrong one',
        login: 'promotion',
        open: async (page, { url }, api) => {
            await page.goto(`${url}/customers/${await graded(api!)}/figures`);
            await page.locator('#f-collection-n').fill('95');
            await page.locator('#f-overdue_days-n').fill('x');
            await expect(page.locator('.fj-field__error')).toBeVisible();
        },
    },
    { name: 'figures, overtaken by another', login: 'promotion', open: (page, product, api) => overtaken(page, product, api!) },
    {
        name: 'import, the questions',
        login: 'promotion',
        open: async (page, { url }) => {
            await page.goto(`${url}/import`);
            const ledger = 'customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount\nQ-1,1,01/02/2024,03/04/2024,88';
            await new ImportPage(page, url).choose(csv('receivables.csv', ledger));
            await expect(page.locator('.fj-notice--warning').first()).toBeVisible();
        },
    },
    { name: 'import, checked', login: 'promotion', open: checked },
    {
        name: 'import, done',
        login: 'promotion',
        open: async (page, product) => {
            await checked(page, product);
            await page.locator('.fj-button--primary').last().click();
            await expect(page.locator('#import-done')).toBeVisible({ timeout: 30_000 });
        },
    },
    {
        name: 'import, not for a rep',
        login: 'lixiaomei',
        open: (page, { url }) => page.goto(`${url}/import`).then(() => expect(page.locator('.fj-empty')).toBeVisible()),
    },
    {
        name: 'users, not for a rep',
        login: 'lixiaomei',
        open: (page, { url }) => page.goto(`${url}/users`).then(() => expect(page.locator('.fj-empty')).toBeVisible()),
    },
    {
        name: 'no such customer',
        login: 'promotion',
        open: (page, { url }) => page.goto(`${url}/customers/none`).then(() => expect(page.locator('.fj-empty')).toBeVisible()),
    },
    {
        name: 'a user changed',
        login: 'admin',
        open: async (page, { url }) => {
            await page.goto(`${url}/users?q=lixiaomei`);
            await page.locator('.fj-table__actions button').nth(0).click();
            await expect(page.getByRole('dialog')).toBeVisible();
        },
    },
    {
        name: 'a password to be reset',
        login: 'admin',
        open: async (page, { url }) => {
            await page.goto(`${url}/users?q=lixiaomei`);
            await page.locator('.fj-table__actions button').nth(1).click();
            await expect(page.getByRole('dialog')).toBeVisible();
        },
    },
    {
        name: 'a first password shown',
        login: 'admin',
        open: async (page, { url }) => {
            await page.goto(`${url}/users`);
            await page.locator('.fj-page-header .fj-button--primary').click();
            await page.locator('#user-name').fill('Fresh');
            await page.locator('#user-login').fill(unique('fresh'));
            await page.locator('#user-role').selectOption('promotion');
            await page.locator('#user-form').evaluate((form: HTMLFormElement) => form.requestSubmit());
            await expect(page.getByRole('dialog').locator('output')).toBeVisible();
        },
    },
    {
        name: 'a new unit, without a name',
        login: 'admin',
        open: async (page, { url }) => {
            await page.goto(`${url}/units`);
            await page.locator('.fj-page-header .fj-button--primary').click();
            await page.locator('#unit-form').evaluate((form: HTMLFormElement) => form.requestSubmit());
            await expect(page.locator('.fj-field__error')).toBeVisible();
        },
    },
    {
        name: 'a unit to be closed',
        login: 'admin',
        open: async (page, { url }) => {
            await page.goto(`${url}/units`);
            await page.locator('.fj-table__actions button').nth(1).click();
            await expect(page.getByRole('dialog')).toBeVisible();
        },
    },
    ...meeting,
    ...share,
    ...studio,
];
