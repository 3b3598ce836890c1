// The forms of a unit, a user and a customer's master record: two people at once, a draft, a segment.
import { type Locator, type Page } from '@playwright/test';
import { type Api } from './api';
import { expect, field, test } from './test';

const dialog = (page: Page) => page.getByRole('dialog');
const save = (page: Page) => dialog(page).getByRole('button', { name: '保存', exact: true }).click();
const differing = (page: Page): Locator => dialog(page).locator('.fj-compare tbody tr');

/** The id of the unit that is always open. */
async function section(api: Api): Promise<string> {
    const { units } = await api.get('/directory');
    return units.find((one: { name: string }) => one.name === '销售一科').id;
}

async function edit(page: Page, name: string): Promise<void> {
    await page.getByRole('row').filter({ hasText: name }).getByRole('button', { name: '修改' }).click();
    await expect(dialog(page)).toBeVisible();
}

test('of two who change a unit the second sees both sides and decides field by field', async ({ page, company, enter }, { project }) => {
    const admin = await enter(company, 'admin');
    const name = `两人同改科-${project.name}`;
    const unit = await admin.post('/units', { name, kind: 'section', active: true });
    await page.goto(`${company.url}/units`);
    await edit(page, name);
    await field(dialog(page), '名称').fill(`${name}甲`);
    // Meanwhile another person renames it, makes it an office and closes it.
    await admin.put(`/units/${unit.id}`, unit.version, { name: `${name}乙`, kind: 'office', active: false });
    await save(page);
    await expect(page.getByText('别人刚改过这个单位')).toBeVisible();
    await expect(differing(page)).toHaveCount(1);
    await expect(differing(page)).toContainText([`${name}甲${name}乙`]);
    // What nobody touched here follows the other person at once.
    await expect(dialog(page).getByLabel('类型')).toHaveValue('office');
    await dialog(page).getByRole('button', { name: '以我的为准，保存' }).click();
    await expect(dialog(page)).toHaveCount(0);
    const stored = (await admin.all('/units')).find((one) => one.id === unit.id);
    expect([stored.name, stored.kind, stored.active]).toEqual([`${name}甲`, 'office', false]);
});

test('what the other person saved of a user can be taken instead', async ({ page, company, enter }, { project }) => {
    const admin = await enter(company, 'admin');
    const login = `race-${project.name}`;
    const { user } = await admin.post('/users', { login, name: '原名', role: 'finance' });
    await page.goto(`${company.url}/users?q=${login}`);
    await edit(page, login);
    await field(dialog(page), '姓名').fill('我的名');
    await dialog(page).getByLabel('岗位').selectOption('director');
    await admin.put(`/users/${user.id}`, user.version, { name: '他的名', role: 'production', active: true });
    await save(page);
    await expect(page.getByText('别人刚改过这个用户')).toBeVisible();
    await expect(differing(page)).toHaveCount(2);
    await expect(differing(page).filter({ hasText: '岗位' })).toContainText('销售部长生产部');
    await differing(page).filter({ hasText: '姓名' }).getByRole('button', { name: '用对方的' }).click();
    await expect(field(dialog(page), '姓名')).toHaveValue('他的名');
    await expect(differing(page)).toHaveCount(1);
    await save(page);
    await expect(dialog(page)).toHaveCount(0);
    const stored = (await admin.all('/users')).find((one) => one.id === user.id);
    expect([stored.name, stored.role]).toEqual(['他的名', 'director']);
});

test('a customer keeps a segment that the policy does not know until it is changed', async ({ page, company, enter }, { project }) => {
    const promotion = await enter(company, 'promotion');
    const unit = await section(promotion);
    const code = `SEG-${project.name}`;
    const { id } = await promotion.post('/customers', { code, name: '分类客户', unit, segment: '旧类' });
    const stored = async () => (await promotion.get(`/customers/${id}`)).customer;
    await page.goto(`${company.url}/customers/${id}`);
    await page.getByRole('button', { name: '修改资料' }).click();
    const segment = dialog(page).getByLabel('客户类别');
    await expect(segment).toHaveValue('旧类');
    await expect(segment.locator('option:checked')).toContainText('现行政策中没有');
    await field(dialog(page), '客户名称').fill('分类客户一');
    await save(page);
    await expect(dialog(page)).toHaveCount(0);
    expect([(await stored()).name, (await stored()).segment]).toEqual(['分类客户一', '旧类']);

    await page.getByRole('button', { name: '修改资料' }).click();
    await segment.selectOption('');
    // Another person renames it meanwhile: what I did not touch follows, what I did stays.
    const { version, id: _, ...draft } = await stored();
    await promotion.put(`/customers/${id}`, version, { ...draft, name: '分类客户二' });
    await save(page);
    await expect(page.getByText('别人刚改过这家客户')).toBeVisible();
    await expect(differing(page)).toHaveCount(0);
    await expect(field(dialog(page), '客户名称')).toHaveValue('分类客户二');
    await save(page);
    await expect(dialog(page)).toHaveCount(0);
    expect([(await stored()).name, (await stored()).segment]).toEqual(['分类客户二', undefined]);
});

test('what is typed into the master record is there again after a reload', async ({ page, company, enter }, { project }) => {
    const promotion = await enter(company, 'promotion');
    const unit = await section(promotion);
    const { id } = await promotion.post('/customers', { code: `DRAFT-${project.name}`, name: '草稿客户', unit });
    await page.goto(`${company.url}/customers/${id}`);
    await page.getByRole('button', { name: '修改资料' }).click();
    await field(dialog(page), '客户名称').fill('改到一半');
    await page.reload();
    await page.getByRole('button', { name: '修改资料' }).click();
    await expect(dialog(page).getByText('已恢复您上次未保存的内容')).toBeVisible();
    await expect(field(dialog(page), '客户名称')).toHaveValue('改到一半');
    await dialog(page).getByRole('button', { name: '放弃这些内容' }).click();
    await expect(field(dialog(page), '客户名称')).toHaveValue('草稿客户');
});
