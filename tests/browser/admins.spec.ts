// Users and units under more than one pair of hands: the last administrator, two administrators at
// one user, a person who leaves, and a unit that is closed.
import { type Page } from '@playwright/test';
import { Api } from './api';
import { startProduct, template } from './product';
import { expect, field, test } from './test';

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

test('the last administrator stays: neither switched off nor given another role', async ({ page, enter }) => {
    // Of its own: there is no second administrator.
    const company = await startProduct({ from: template('company') });
    try {
        const admin = await enter(company, 'admin');
        await page.goto(`${company.url}/users`);
        await row(page, '系统管理员').getByRole('button', { name: '停用' }).click();
        let dialog = page.getByRole('dialog', { name: '停用账号？' });
        await dialog.getByRole('button', { name: '停用' }).click();
        // Said in the dialog: what the page behind it says cannot be seen or heard.
        await expect(dialog.getByRole('alert')).toContainText('至少要保留一名有效的管理员');
        await dialog.getByRole('button', { name: '取消' }).click();
        await expect(row(page, '系统管理员')).not.toContainText('已停用');

        await row(page, '系统管理员').getByRole('button', { name: '修改' }).click();
        dialog = page.getByRole('dialog', { name: '修改用户' });
        await dialog.getByLabel('岗位').selectOption('促销科');
        await dialog.getByRole('button', { name: '保存' }).click();
        await expect(dialog.getByRole('alert')).toContainText('至少要保留一名有效的管理员');
        await expect(dialog.getByLabel('岗位')).toHaveValue('promotion');
        const [kept] = (await admin.all('/users')).filter((user) => user.login === 'admin');
        expect([kept.role, kept.active]).toEqual(['admin', true]);
    } finally {
        await company.stop();
    }
});

test('of two administrators at one user the second is told, keeps the entry, and sees the first', async ({ page, company, enter, second }, { project }) => {
    const admin = await enter(company, 'admin');
    const login = `two-hands-${project.name}`;
    await admin.hire(login, '二手', 'finance');
    const other = await (await second()).newPage();
    await enter(company, 'admin', other.context());
    for (const one of [page, other]) {
        await one.goto(`${company.url}/users?q=${login}`);
        await row(one, login).getByRole('button', { name: '修改' }).click();
        await expect(one.getByRole('dialog', { name: '修改用户' })).toBeVisible();
    }
    await other.getByRole('dialog').getByLabel('岗位').selectOption('生产部');
    await other.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await expect(row(other, login)).toContainText('生产部');

    const dialog = page.getByRole('dialog', { name: '修改用户' });
    await dialog.getByLabel('姓名').fill('二手改名');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(dialog).toContainText('别人刚改过这个用户');
    await expect(dialog.getByLabel('姓名')).toHaveValue('二手改名');
    const stored = async () => (await admin.all('/users')).find((user) => user.login === login);
    expect(await stored()).toMatchObject({ name: '二手', role: 'production' });

    // Loaded anew, the entry is still there, and can be thrown away for what the other saved.
    await page.reload();
    await row(page, login).getByRole('button', { name: '修改' }).click();
    await expect(dialog.getByText('已恢复您上次未保存的内容')).toBeVisible();
    await expect(field(dialog, '姓名')).toHaveValue('二手改名');
    await dialog.getByRole('button', { name: '放弃这些内容' }).click();
    await expect(field(dialog, '姓名')).toHaveValue('二手');
    await expect(dialog.getByLabel('岗位')).toHaveValue('production');
    await field(dialog, '姓名').fill('二手改名');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(row(page, login)).toContainText('二手改名');
    expect(await stored()).toMatchObject({ name: '二手改名', role: 'production' });
});

// What is restored is what was touched, over what is stored by now.
test('an entry restored after another saved does not undo what was not touched in it', async ({ page, company, enter }, { project }) => {
    const admin = await enter(company, 'admin');
    const login = `restored-${project.name}`;
    await admin.hire(login, '三手', 'finance');
    const stored = async () => (await admin.all('/users')).find((user) => user.login === login);
    await page.goto(`${company.url}/users?q=${login}`);
    const dialog = page.getByRole('dialog', { name: '修改用户' });
    await row(page, login).getByRole('button', { name: '修改' }).click();
    await field(dialog, '姓名').fill('三手改名');
    const { id, version } = await stored();
    await admin.put(`/users/${id}`, version, { name: '三手', role: 'production', active: true });
    await page.reload();
    await row(page, login).getByRole('button', { name: '修改' }).click();
    await expect(dialog.getByText('已恢复您上次未保存的内容')).toBeVisible();
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(row(page, login)).toContainText('三手改名');
    expect((await stored()).role).toBe('production');
});

test('whoever is switched off is signed out at once and cannot come back until let in again', async ({ page, company, enter, second }, { project }) => {
    const admin = await enter(company, 'admin');
    const login = `leaves-${project.name}`;
    await admin.hire(login, '离职人', 'promotion');
    const theirs = await (await second()).newPage();
    await enter(company, login, theirs.context());
    await theirs.goto(`${company.url}/customers`);
    await expect(theirs.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();

    await page.goto(`${company.url}/users?q=${login}`);
    await row(page, login).getByRole('button', { name: '停用' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
    await expect(row(page, login)).toContainText('已停用');
    await theirs.reload();
    await expect(theirs.getByRole('button', { name: '登录', exact: true })).toBeVisible();
    await expect(Api.signIn(company.url, login)).rejects.toThrow(/401/);

    await row(page, login).getByRole('button', { name: '启用' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '启用' }).click();
    await expect(row(page, login)).not.toContainText('已停用');
    await Api.signIn(company.url, login);
});

test('a reset password is shown once, ends the old one, and must be changed', async ({ page, company, enter, second }, { project }) => {
    const admin = await enter(company, 'admin');
    const login = `forgot-${project.name}`;
    await admin.hire(login, '忘密码', 'promotion');
    await page.goto(`${company.url}/users?q=${login}`);
    await row(page, login).getByRole('button', { name: '重置密码' }).click();
    await page.getByRole('dialog', { name: '重置密码？' }).getByRole('button', { name: '重置密码' }).click();
    const dialog = page.getByRole('dialog', { name: '初始密码' });
    const first = (await dialog.locator('output').textContent()) ?? '';
    expect(first.length).toBeGreaterThanOrEqual(10);
    await dialog.getByRole('button', { name: '已记下' }).click();
    await expect(row(page, login)).toContainText('未改初始密码');
    expect(await page.content()).not.toContain(first);
    await expect(Api.signIn(company.url, login)).rejects.toThrow(/401/);

    const theirs = await (await second()).newPage();
    await theirs.goto(company.url);
    await field(theirs, '登录名').fill(login);
    await field(theirs, '密码').fill(first);
    await theirs.getByRole('button', { name: '登录', exact: true }).click();
    await expect(theirs.getByText('这是初始密码，请先改成您自己的密码')).toBeVisible();
    // Nothing else is to be had before that.
    await theirs.goto(`${company.url}/customers`);
    await expect(theirs.getByText('这是初始密码，请先改成您自己的密码')).toBeVisible();
    await field(theirs, '当前密码').fill(first);
    await field(theirs, '新密码').fill(first);
    await field(theirs, '再输一次新密码').fill(first);
    await theirs.getByRole('button', { name: '修改密码' }).click();
    await expect(theirs.getByText('不能与原来的相同')).toBeVisible();
});

test('a closed unit is offered to nobody new, and its name stays with its own', async ({ page, company, enter }, { project }) => {
    await enter(company, 'admin');
    const name = `临时代表处${project.name}`;
    await page.goto(`${company.url}/units`);
    await page.getByRole('button', { name: '新建单位' }).click();
    await field(page.getByRole('dialog'), '名称').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await row(page, name).getByRole('button', { name: '关闭' }).click();
    await page.getByRole('dialog', { name: '关闭单位？' }).getByRole('button', { name: '关闭' }).last().click();
    await expect(row(page, name)).toContainText('已关闭');
    // The same name again is refused at its field.
    await page.getByRole('button', { name: '新建单位' }).click();
    await field(page.getByRole('dialog'), '名称').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await expect(field(page.getByRole('dialog'), '名称')).toHaveAccessibleDescription(/已被占用/);

    await page.goto(`${company.url}/users`);
    await page.getByRole('button', { name: '新建用户' }).click();
    const units = page.getByRole('dialog').getByLabel('单位');
    await expect(units.getByRole('option', { name: '销售一科' })).toHaveCount(1);
    await expect(units.getByRole('option', { name })).toHaveCount(0);
});
