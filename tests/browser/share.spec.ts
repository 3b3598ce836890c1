// A unit shared by its chief, opened by a stranger on an old phone: no account, no script, no cookie; on paper; in
// both languages; and closed by the administrator.
import { Api, DEMO_PASSWORD } from './api';
import { flaws, overflow } from './looks';
import { type Product, startProduct, template } from './product';
import { link } from './share-sheets';
import { expect, test } from './test';

let product: Product;
test.beforeAll(async () => {
    product = await startProduct({ from: template('demo') });
});
test.afterAll(() => product.stop());

test('a chief shares the own unit after seeing what will be seen, and a stranger reads it without a script', async ({ page, enter, browser }, { project }) => {
    test.setTimeout(120_000);
    const chief = await enter(product, 'chief1');
    const [unit] = (await chief.get('/directory')).units;
    await page.goto(`${product.url}/customers?unit=${unit.id}`);
    await page.getByRole('link', { name: '共享', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('单位')).toHaveValue(unit.id);
    await dialog.getByText('客户名单').click();
    await dialog.getByText('销售与回款').click();
    await dialog.getByLabel('最多打开次数').fill('0');
    await dialog.getByRole('button', { name: '下一步' }).click();
    await expect(dialog.getByLabel('最多打开次数')).toHaveAccessibleDescription(/应为 1 到 10,000/);
    await dialog.getByLabel('最多打开次数').fill('30');
    await dialog.getByLabel('口令').fill('29-48-17');
    await dialog.getByRole('button', { name: '下一步' }).click();
    await expect(dialog).toContainText('不用登录就能看到');
    for (const text of [unit.name, '每家客户的名称', '每家客户的销售额', '最多打开 30 次', '须先输入口令']) await expect(dialog).toContainText(text);
    await expect(dialog).not.toContainText('资信');
    expect(await flaws(page)).toEqual([]);
    expect((await chief.get('/links')).items, 'nothing is shared before it is confirmed').toEqual([]);
    await dialog.getByRole('button', { name: '确认共享' }).click();
    await expect(dialog.getByRole('img', { name: '扫码打开' })).toBeVisible();
    const address = await dialog.locator('output').textContent();
    expect(address).toMatch(new RegExp(`^${product.url}/s/[a-z2-9]{52}$`));
    await expect(dialog).toContainText('口令请另行告知');
    await page.screenshot({ path: `test-results/share/made-${project.name}.png` });
    await dialog.getByRole('button', { name: '已记下' }).click();
    await expect(page.getByRole('row', { name: new RegExp(unit.name) })).toContainText('开放中');
    await page.goto(`${product.url}/customers?unit=${unit.id}`);
    await page.getByRole('link', { name: '已共享' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(unit.name);

    // An old phone: 360 pixels, no script.
    const phone = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false, locale: 'zh-CN' });
    const other = await phone.newPage();
    const asked = new Set<string>();
    other.on('request', (request) => asked.add(new URL(request.url()).pathname));
    await other.goto(address!);
    await expect(other.getByRole('heading', { level: 1, name: '请输入口令' })).toBeVisible();
    await other.getByLabel('口令').fill('111112');
    await other.getByRole('button', { name: '打开' }).click();
    await expect(other.getByRole('alert')).toHaveText('口令不对，请再试一次。');
    await other.screenshot({ path: 'test-results/share/passcode-360.png' });
    await other.getByLabel('口令').fill('29-48-17');
    await other.getByRole('button', { name: '打开' }).click();
    await expect(other.getByRole('heading', { level: 1 })).toHaveText(`${unit.name} · 客户等级`);
    await expect(other.locator('.facts')).toContainText('2026-03-26');
    const style = await (await fetch(`${product.url}/share.css`)).text();
    expect(Buffer.byteLength(await other.content()) + Buffer.byteLength(style), 'the page with its stylesheet').toBeLessThan(30_000);
    expect(await overflow(other)).toBe(0);
    await other.screenshot({ path: 'test-results/share/shown-360.png', fullPage: true });
    const rows = other.locator('.wide tbody tr');
    await expect(rows).toHaveCount(50);
    const first = await rows.first().textContent();
    await other.getByRole('button', { name: '下一页' }).click();
    await expect(other.getByText(/^第 2 \/ \d 页$/)).toBeVisible();
    expect(await rows.first().textContent()).not.toBe(first);
    await other.getByRole('button', { name: 'English' }).click();
    await expect(other.locator('html')).toHaveAttribute('lang', 'en');
    await expect(other.getByText(/^Page 2 of \d$/)).toBeVisible();
    expect(await phone.cookies()).toEqual([]);
    expect([...asked], 'nothing but the page and its stylesheet is asked for').toEqual([new URL(address!).pathname, '/share.css']);

    // The administrator sees all links, and closes this one at once.
    await enter(product, 'admin');
    await page.goto(`${product.url}/units`);
    await page.getByRole('navigation', { name: '系统管理' }).getByRole('link', { name: '共享链接' }).click();
    const row = page.getByRole('row', { name: new RegExp(unit.name) }).first();
    await expect(row).toContainText('3 / 30 次');
    await page.screenshot({ path: `test-results/share/admin-${project.name}.png`, fullPage: true });
    await row.getByRole('button', { name: '打开记录' }).click();
    await expect(page.getByRole('dialog')).toContainText('2026-03-26');
    await page.getByRole('dialog').locator('footer').getByRole('button', { name: '关闭' }).click();
    await row.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click();
    await expect(row).toContainText('已关闭');
    await other.goto(address!);
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('这个链接打不开');
    await other.screenshot({ path: 'test-results/share/dead-360.png' });
    await phone.close();
});

test('the stranger’s page is accessible, speaks the reader’s language and prints on A4 @desk', async ({ page, browser }) => {
    const promotion = await Api.signIn(product.url, 'promotion', DEMO_PASSWORD);
    const path = await link(promotion);
    await page.goto(`${product.url}${path}`);
    await expect(page.locator('.wide tbody tr')).toHaveCount(50);
    expect(await flaws(page)).toEqual([]);
    const english = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 640 } });
    const other = await english.newPage();
    await other.goto(`${product.url}${path}`);
    await expect(other.getByText('Grades as at')).toBeVisible();
    expect(await overflow(other)).toBe(0);
    await other.screenshot({ path: 'test-results/share/english-360.png', fullPage: true });
    const [book] = await Promise.all([other.waitForEvent('download'), other.getByRole('button', { name: 'Download .xlsx' }).click()]);
    expect(book.suggestedFilename()).toBe('fenji-2026-03-26.xlsx');
    await book.saveAs('test-results/share/fenji.xlsx');
    await english.close();
    const pdf = await page.pdf({ path: 'test-results/share/shown.pdf', preferCSSPageSize: true });
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    expect(sheets).toBeLessThanOrEqual(3);
});
