// The review meeting as its operator lives it: convened, the record kept, cases decided with the keyboard, one
// amended, a special policy and a settlement decided, the sitting concluded, its minutes confirmed and printed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Download, type Page } from '@playwright/test';
import { Api, PASSWORD, judged, measured } from './api';
import { NOW, startProduct, template } from './product';
import { expect, field, test } from './test';

const DAY = 86_400_000;

/** Figures of 2025 that give an A, a B or a C. */
const figures = (grade: 'A' | 'B' | 'C') => ({
    annual_sales: measured({ A: 1_200_000_000, B: 200_000_000, C: 20_000_000 }[grade]),
    price_level: measured({ A: 10_000, B: 9_500, C: 8_000 }[grade]),
    collection: measured({ A: 9_800, B: 9_000, C: 6_000 }[grade]),
    overdue_days: measured(0),
    ...Object.fromEntries(['order_planning', 'product_fit', 'communication', 'loyalty'].map((key) => [key, judged(grade)])),
});

const step = async (api: Api, path: string, version: number, wanted: object) => {
    const answer = await api.raw('POST', path, { wanted }, { 'if-match': `"v${version}"` });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
};

/** How many pages a PDF of Chromium has: its page objects are not compressed. */
const sheets = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

const agenda = (page: Page) => page.getByRole('region', { name: '议程' });
const onTable = (page: Page) => page.locator('#form-name');

test('a meeting is held with the keyboard and its minutes are confirmed and printed @desk', async ({ page, enter }) => {
    test.setTimeout(240_000);
    page.setDefaultTimeout(20_000);
    const state = mkdtempSync(join(tmpdir(), 'fenji-meeting-'));
    let product = await startProduct({ from: template('company'), state });
    const admin = await Api.signIn(product.url, 'admin', PASSWORD);
    for (const [login, name, role] of [['finance', '沈会', 'finance'], ['production', '田野', 'production'], ['director', '丁建平', 'director']] as const) {
        await admin.hire(login, name, role);
    }
    let promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    const [unit] = (await promotion.get('/directory')).units.filter((one: { name: string }) => one.name === '销售一科');
    const names: Record<string, string> = { 'M-1': '头等压力容器厂', 'M-2': '二等压力容器厂', 'M-3': '三等压力容器厂', 'M-4': '四方封头厂' };
    const grades = { 'M-1': 'A', 'M-2': 'B', 'M-3': 'C', 'M-4': 'B' } as const;
    const ids: Record<string, string> = {};
    for (const [code, grade] of Object.entries(grades)) {
        const { id } = await promotion.post('/customers', { code, name: names[code], unit: unit.id, since: '2015-01-01' });
        await promotion.put(`/customers/${id}/years/2025/figures`, 0, { values: figures(grade) });
        ids[code] = id;
    }
    let row = await promotion.post('/reviews', { year: 2025, opens: '2026-03-25', closes: '2026-03-26' });
    while (row.cycle.phase.phase === 'opening') row = await promotion.post(`/reviews/${row.cycle.id}/step`, { at: row.progress.position });
    const cycle = row.cycle.id;
    // The chief hands everything in, one of them against the policy; and asks for a special policy.
    const chief = await Api.signIn(product.url, 'chief', PASSWORD);
    for (const [code, id] of Object.entries(ids)) {
        const form = await chief.get(`/reviews/${cycle}/forms/${id}`);
        const computed = form.assessment.tier;
        expect(computed, code).toBe(grades[code as keyof typeof grades]);
        const wanted = code === 'M-3' ? { move: 'submit', grade: 'B', reason: '新厂投产' } : { move: 'submit', grade: computed };
        await step(chief, `/reviews/${cycle}/forms/${id}/moves`, form.version, wanted);
    }
    await chief.post(`/reviews/${cycle}/meeting/items`, {
        kind: 'special_policy', customer: ids['M-1'], choice: 'new', granted: { text: '运费由我方承担', until: '2027-03-31' }, reason: '年用量大',
    });
    // Finance proposes a settlement on the page.
    await enter(product, 'finance');
    await page.goto(`${product.url}/reviews/${cycle}/meeting`);
    // Whose case is on the table is the likely one to propose for.
    await expect(onTable(page)).toBeVisible();
    await page.getByRole('button', { name: '提出事项' }).click();
    let dialog = page.getByRole('dialog', { name: '提出：结算方式与额度' });
    await dialog.getByRole('button', { name: '提交会议' }).click();
    await expect(dialog.locator('.fj-field__error').first()).toBeVisible();
    await dialog.getByRole('button', { name: '换一家' }).click();
    await field(dialog, '客户').fill('二等');
    await dialog.getByRole('button', { name: /二等压力容器厂/ }).click();
    await dialog.getByRole('radio', { name: '账期' }).check();
    await dialog.getByLabel('账期天数').fill('60');
    await dialog.getByLabel('信用额度').fill('80');
    await dialog.getByLabel('理由').fill('三年无逾期');
    await dialog.getByRole('button', { name: '提交会议' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(agenda(page)).toContainText('60 天账期');
    await product.stop();

    // The day after the close.
    product = await startProduct({ state, now: NOW + DAY });
    await enter(product, 'promotion');
    promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    await page.goto(`${product.url}/review`);
    await page.getByRole('link', { name: '进入会议' }).click();
    await page.getByRole('button', { name: '召开复评会议' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '召开复评会议' }).click();
    await page.getByRole('button', { name: '全部上会（4 家）' }).click();
    await expect(agenda(page).getByRole('heading', { name: '有分歧' })).toContainText('1');
    await expect(agenda(page).getByRole('heading', { name: '其余' })).toContainText('3');
    // The case that lay on the table meanwhile can be decided at once.
    await expect(page.getByRole('region', { name: '会议决定' }).getByRole('button', { name: '修改', exact: true })).toBeVisible();

    // The record begins with the departments; what is wrong is said at its field.
    await page.getByRole('button', { name: '填写会议记录' }).click();
    const record = page.getByRole('region', { name: '填写会议记录' });
    await expect(record.getByLabel('部门')).toHaveCount(5);
    await record.getByRole('button', { name: '保存记录' }).click();
    await expect(field(record, '地点')).toHaveAccessibleDescription(/请填写/);
    await field(record, '地点').fill('三楼会议室');
    await field(record, '开始时间').fill('09:00');
    await page.locator('#record-presence-3').selectOption('deputy');
    await page.locator('#record-deputy-3').fill('方明');
    await record.getByRole('button', { name: '保存记录' }).click();
    await expect(page.getByText('到会 5 人，应到 5 人')).toBeVisible();

    // The disagreement is on the table first, and says why.
    await agenda(page).getByRole('button', { name: /三等压力容器厂/ }).click();
    await expect(onTable(page)).toHaveText('三等压力容器厂');
    await expect(page.getByRole('list', { name: '分歧' })).toContainText('政策算得 C 级，提出 B 级');
    await onTable(page).focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: '快捷键' })).toContainText('定为 A 级');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    // As proposed it needs no further reason; the next case comes up by itself.
    await page.keyboard.press('b');
    await expect(onTable(page)).toHaveText('头等压力容器厂');
    await expect(agenda(page).getByRole('heading', { name: '已决定' })).toContainText('1');
    // Everything that can be done, and the way back, stand in one line beside the two columns.
    const bar = page.getByRole('region', { name: '会议决定' });
    await expect(bar.getByRole('button', { name: '撤回', exact: true })).toBeVisible();
    const middles = await bar.locator('button:visible').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ y, height }) => Math.round(y + height / 2)));
    expect(Math.max(...middles) - Math.min(...middles), `${middles}`).toBeLessThan(6);
    await page.screenshot({ path: 'test-results/decide-bar.png' });
    // Taken back and decided down: now somebody has to say why.
    await page.keyboard.press('u');
    await expect(onTable(page)).toHaveText('三等压力容器厂');
    await expect(page.getByRole('button', { name: '定为 C 级' })).toBeEnabled();
    await page.keyboard.press('c');
    dialog = page.getByRole('dialog', { name: '定为 C 级' });
    await dialog.getByLabel('理由').fill('投产推迟');
    await dialog.getByRole('button', { name: '记录决定' }).click();
    await expect(onTable(page)).toHaveText('头等压力容器厂');
    await page.keyboard.press('a');
    await expect(onTable(page)).toHaveText('二等压力容器厂');
    await expect(page.getByRole('region', { name: '五类合计' })).toContainText('待议 2 家');
    await page.keyboard.press('b');
    await expect(onTable(page)).toHaveText('四方封头厂');

    // One is amended on the spot, with who asked for it, and decided so.
    await page.keyboard.press('m');
    await expect(page.getByText('会上修改：可以改动内容')).toBeVisible();
    await page.getByRole('button', { name: '说明理由并提交' }).click();
    dialog = page.getByRole('dialog', { name: '会上修改' });
    await dialog.getByRole('radio', { name: /^A/ }).check();
    await dialog.getByLabel('提出人').fill('生产部');
    await dialog.getByLabel('理由').fill('独家供货');
    await dialog.locator('button[type=submit]').click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText('政策算得 B 级，提出 A 级')).toBeVisible();
    await page.keyboard.press('a');

    // B and C come after the grades; what is not as proposed needs a reason.
    await expect(onTable(page)).toHaveText('头等压力容器厂');
    await expect(page.getByText('B 特殊政策').first()).toBeVisible();
    await page.keyboard.press('1');
    dialog = page.getByRole('dialog', { name: '记录决定' });
    await dialog.getByRole('button', { name: '记录决定' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(onTable(page)).toHaveText('二等压力容器厂');
    await page.getByRole('button', { name: /^新增/ }).click();
    dialog = page.getByRole('dialog', { name: '记录决定' });
    await dialog.getByLabel('信用额度').fill('50');
    await dialog.getByRole('button', { name: '记录决定' }).click();
    await expect(dialog.getByLabel('理由')).toHaveAccessibleDescription(/请填写/);
    await dialog.getByLabel('理由').fill('额度先低后高');
    await dialog.getByRole('button', { name: '记录决定' }).click();
    await expect(dialog).toHaveCount(0);
    const totals = page.getByRole('region', { name: '五类合计' });
    await expect(totals).toContainText('待议 0 家');
    await expect(totals).toContainText('1 / 1');

    await page.getByRole('button', { name: '结束会议' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结束会议' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);

    // The minutes say all of it; confirmed, they stay.
    await page.getByRole('link', { name: '会议纪要' }).click();
    const minutes = page.getByRole('article');
    for (const text of ['三楼会议室', '由 方明 代', '独家供货', '运费由我方承担', '60 天账期 · 额度 50 万元', '额度先低后高', '草稿']) {
        await expect(minutes).toContainText(text);
    }
    await page.getByRole('button', { name: '确认纪要' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认纪要' }).click();
    await expect(minutes).toContainText(/苏婷 于 2026-03-27 .* 确认/);
    await page.getByRole('button', { name: '添加补充说明' }).click();
    await page.getByRole('dialog').getByLabel('内容').fill('田野实为列席');
    await page.getByRole('dialog').getByRole('button', { name: '添加补充说明' }).click();
    await expect(minutes).toContainText('田野实为列席');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 xlsx' }).click()]);
    expect((file as Download).suggestedFilename()).toBe('2025 年度客户质量等级复评会议纪要.xlsx');

    // On paper: all of it, with the boxes, and none of the controls.
    await page.emulateMedia({ media: 'print' });
    for (const control of ['button', 'input', 'nav', '.fj-topbar']) {
        await expect(page.locator(control).filter({ visible: true }), control).toHaveCount(0);
    }
    await expect(minutes).toContainText('2025 年度客户质量等级复评会议纪要');
    for (const office of ['销售科长 / 代表处经理', '促销科', '财务部', '销售部长', '总经理']) await expect(minutes.locator('.fj-paper__boxes')).toContainText(office);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, path: 'test-results/minutes.pdf' });
    expect(sheets(pdf)).toBeGreaterThanOrEqual(1);
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    await page.goto(`${product.url}/reviews/${cycle}/a-list`);
    await expect(page.getByRole('article')).toContainText('头等压力容器厂');
    await expect(page.getByRole('article')).toContainText('四方封头厂');
    await page.pdf({ preferCSSPageSize: true, printBackground: true, path: 'test-results/a-list.pdf' });
    await product.stop();
    rmSync(state, { recursive: true, force: true });
});
