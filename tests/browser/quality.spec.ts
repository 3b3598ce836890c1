// Every page, at both widths: accessible in light and dark, no wider than the screen, in the
// language it says, and in English without a word of Chinese that is not data.
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { type Api } from './api';
import { ImportPage, csv } from './import-page';
import { type Product } from './product';
import { expect, field, signIn, test } from './test';
import { DEMO_PASSWORD } from './api';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Sheet {
    name: string;
    /** Who looks at it; nobody when absent. */
    login?: string;
    /** Opens it and waits until it is all there. */
    open: (page: Page, product: Product, api: Api | undefined) => Promise<void>;
}

const heading = (page: Page, name: string | RegExp) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

const sheets: Sheet[] = [
    { name: 'sign-in', open: (page, { url }) => page.goto(url).then(() => expect(field(page, '登录名|Login|User')).toBeVisible()) },
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
];

/** What axe finds, short enough to read. */
async function flaws(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** Texts with Chinese characters in them, on the page or read out, that are no data. */
async function chinese(page: Page, data: string[]): Promise<string[]> {
    const texts = await page.evaluate(() => {
        const found: string[] = [];
        const walk = (node: Node): void => {
            if (node instanceof Element) {
                if (node.matches('[lang^=zh], script, style') || !node.checkVisibility()) return;
                for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(node.getAttribute(name) ?? '');
            } else if (node instanceof Text) found.push(node.data);
            node.childNodes.forEach(walk);
        };
        walk(document.body);
        found.push(document.title);
        return found;
    });
    return texts
        .map((text) => data.reduce((rest, name) => rest.replaceAll(name, ''), text).trim())
        .filter((text) => /\p{Script=Han}/u.test(text));
}

/** Every name that people gave to something. */
async function names(admin: Api, reader: Api | undefined): Promise<string[]> {
    const { units } = await admin.get('/directory');
    const users = await admin.all('/users');
    const customers = reader ? (await reader.get('/customers?limit=200')).items : [];
    const imports = reader ? (await reader.get('/imports?limit=50')).items.map((one: { file_name: string }) => ({ name: one.file_name })) : [];
    const all = [...units, ...users, ...customers, ...imports].map((one: { name: string }) => one.name);
    return all.sort((one: string, other: string) => other.length - one.length);
}

for (const sheet of sheets) {
    test(`${sheet.name}: accessible, fits, speaks both languages`, async ({ page, demo, enter }) => {
        const admin = await enter(demo, 'admin', await page.context().browser()!.newContext());
        const api = sheet.login ? await enter(demo, sheet.login) : undefined;
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        await sheet.open(page, demo, api);
        await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
        expect(await flaws(page), 'light').toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider, 'pixels wider than the screen').toBe(0);
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
        expect(await flaws(page), 'dark').toEqual([]);

        await page.evaluate(() => localStorage.setItem('fenji.lang', 'en'));
        await sheet.open(page, demo, api);
        await expect(page.locator('html')).toHaveAttribute('lang', 'en');
        const data = await names(admin, sheet.login === 'promotion' ? api : undefined);
        expect(await chinese(page, data), 'Chinese left in English').toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, 'pixels wider than the screen, in English').toBe(0);
    });
}

test('the keyboard alone signs in and opens a customer', async ({ page, demo }) => {
    await page.goto(demo.url);
    await expect(field(page, '登录名')).toBeVisible();
    const press = async (until: () => Promise<boolean>): Promise<void> => {
        for (let presses = 0; presses < 40 && !(await until()); presses += 1) await page.keyboard.press('Tab');
        expect(await until()).toBe(true);
    };
    const focused = (selector: string) => () => page.evaluate((selector) => !!document.activeElement?.matches(selector), selector);
    await press(focused('#login'));
    await page.keyboard.type('lixiaomei');
    await press(focused('#password'));
    await page.keyboard.type(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await heading(page, '客户');
    await expect(page.locator('.fj-row').first()).toBeVisible();
    await press(focused('.fj-row__link'));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/customers\/.+/);
});

test('language and appearance are chosen in the menu and kept', async ({ page, demo }) => {
    await page.goto(demo.url);
    await signIn(page, 'wangjun', DEMO_PASSWORD);
    await page.getByRole('button', { name: '王军' }).click();
    await page.getByRole('button', { name: 'English (EN)' }).click();
    await heading(page, 'Customers');
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.reload();
    await heading(page, 'Customers');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
