// What every test of the page has: servers to choose from, and a watch over each page, which
// fails the test when anything is written to the console as an error or refused by the policy.
import { type BrowserContext, type Locator, type Page, expect, test as base } from '@playwright/test';
import { Api, DEMO_PASSWORD, PASSWORD } from './api';
import { type Product, startProduct, template } from './product';

/** The browser's own report of a refused or broken request, of which tests make many. */
const NETWORK = /^Failed to load resource: /;

interface Servers {
    /** The demo, shared by the tests of a worker: change only what your own test reads. */
    demo: Product;
    /** A company with people and no customers, shared likewise. */
    company: Product;
    sessions: Map<string, Promise<Api>>;
}

interface Fixtures {
    /** Signs in over the API and lends the session to the page: fast. */
    enter: (product: Product, login: string, context?: BrowserContext) => Promise<Api>;
    /** What went wrong on any page of the test. */
    faults: string[];
    /** A second browser of the same kind. */
    second: () => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures, Servers>({
    demo: [serve('demo'), { scope: 'worker' }],
    company: [serve('company'), { scope: 'worker' }],
    sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],

    faults: [
        async ({ context }, use) => {
            const faults: string[] = [];
            watch(context, faults);
            await use(faults);
            expect(faults, 'errors on the page').toEqual([]);
        },
        { auto: true },
    ],

    second: async ({ browser, contextOptions, faults }, use) => {
        const made: BrowserContext[] = [];
        await use(async () => {
            const context = await browser.newContext(contextOptions);
            watch(context, faults);
            made.push(context);
            return context;
        });
        for (const context of made) await context.close();
    },

    enter: async ({ context, sessions }, use) => {
        await use(async (product, login, other = context) => {
            const key = `${product.url} ${login}`;
            const password = product.demo ? DEMO_PASSWORD : PASSWORD;
            const api = sessions.get(key) ?? Api.signIn(product.url, login, password);
            sessions.set(key, api);
            await (await api).lend(other);
            return api;
        });
    },
});

function serve(name: 'demo' | 'company') {
    return async ({}: object, use: (product: Product) => Promise<void>) => {
        const product = await startProduct({ from: template(name) });
        await use(product);
        await product.stop();
    };
}

function watch(context: BrowserContext, faults: string[]): void {
    context.on('console', (message) => {
        if (message.type() === 'error' && !NETWORK.test(message.text())) faults.push(message.text());
    });
    context.on('weberror', (error) => faults.push(String(error.error())));
}

/** The text field whose label begins so; a label may go on with the mark of a required field. */
export function field(within: Page | Locator, label: string): Locator {
    return within.getByRole('textbox', { name: new RegExp(`^${label}`) });
}

/** Signs in by hand. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
    await field(page, '登录名').fill(login);
    await field(page, '密码').fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** Holds back what is asked of an address until it is let go. */
export async function hold(page: Page, address: string, method = 'GET'): Promise<() => void> {
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    await page.route(address, async (route) => {
        if (route.request().method() === method) await held;
        await route.continue();
    });
    return go;
}

export { expect };
