// From an empty instance to the first person at work: set-up, a unit, a user, the first password.
import { PASSWORD } from './api';
import { type Product, SECRET, startProduct } from './product';
import { expect, field, signIn, test } from './test';

let product: Product;
test.beforeAll(async () => {
    product = await startProduct();
});
test.afterAll(() => product.stop());

test('the first admin makes a unit and a user, who changes the first password and begins', async ({ page, second }) => {
    await page.goto(product.url);
    await expect(page.getByText('首次使用：建立系统管理员账号')).toBeVisible();
    const secret = field(page, '一次性设置密钥');
    await secret.fill('not the secret');
    await page.getByLabel('姓名').fill('高建');
    await page.getByLabel('登录名').fill('admin');
    await field(page, '密码').fill(PASSWORD);
    await page.getByRole('button', { name: '建立并登录' }).click();
    await expect(secret).toHaveAccessibleDescription(/不正确/);
    await secret.fill(SECRET);
    await page.getByRole('button', { name: '建立并登录' }).click();

    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '单位' }).click();
    await page.getByRole('button', { name: '新建单位' }).first().click();
    let dialog = page.getByRole('dialog', { name: '新建单位' });
    await dialog.getByLabel('名称').fill('云泽代表处');
    await dialog.getByLabel('类型').selectOption('代表处');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(page.getByRole('rowheader', { name: '云泽代表处' })).toBeVisible();

    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '用户' }).click();
    await page.getByRole('button', { name: '新建用户' }).first().click();
    dialog = page.getByRole('dialog', { name: '新建用户' });
    await dialog.getByLabel('姓名').fill('林娜');
    await dialog.getByLabel('登录名').fill('Lin Na');
    await dialog.getByLabel('岗位').selectOption('销售员');
    await dialog.getByLabel('单位').selectOption('云泽代表处');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(dialog.getByLabel('登录名')).toHaveAttribute('aria-invalid', 'true');
    await dialog.getByLabel('登录名').fill('linna');
    await dialog.getByRole('button', { name: '保存' }).click();

    dialog = page.getByRole('dialog', { name: '初始密码' });
    const first = (await dialog.locator('output').textContent()) ?? '';
    expect(first.length).toBeGreaterThanOrEqual(10);
    await dialog.getByRole('button', { name: '已记下' }).click();
    await expect(page.getByRole('row', { name: /林娜/ })).toContainText('未改初始密码');
    await page.reload();
    await expect(page.getByRole('row', { name: /林娜/ })).toBeVisible();
    expect(await page.content()).not.toContain(first);

    const other = await (await second()).newPage();
    await other.goto(`${product.url}/customers`);
    await signIn(other, 'linna', 'not her password');
    await expect(other.getByRole('alert')).toContainText('登录名或密码不正确');
    await signIn(other, 'linna', first);
    await expect(other.getByText('这是初始密码，请先改成您自己的密码')).toBeVisible();
    await field(other, '当前密码').fill(first);
    await field(other, '新密码').fill(PASSWORD);
    await field(other, '再输一次新密码').fill(`${PASSWORD}!`);
    await other.getByRole('button', { name: '修改密码' }).click();
    await expect(other.getByText('两次输入不一致')).toBeVisible();
    await field(other, '再输一次新密码').fill(PASSWORD);
    await other.getByRole('button', { name: '修改密码' }).click();

    await expect(other.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();
    await expect(other).toHaveURL(/\/customers$/);
    await expect(other.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '用户' })).toHaveCount(0);
    await other.goto(`${product.url}/users`);
    await expect(other.getByText('您的岗位不能查看这一页')).toBeVisible();

    // The one-time secret is spent.
    const again = await other.request.post(`${product.url}/api/v1/setup`, {
        headers: { 'x-fenji': '1' },
        data: { secret: SECRET, login: 'second', name: '第二个', password: PASSWORD },
    });
    expect(again.status()).toBeGreaterThanOrEqual(400);
});
