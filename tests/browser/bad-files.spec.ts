// Files that are not what they should be: each gets its clear answer, and nothing runs or is lost.
import { readFileSync } from 'node:fs';
import { ImportPage, csv } from './import-page';
import { expect, test } from './test';
import { parts, texts } from './workbook';

const HEAD = '客户编号,客户名称,年度,销售总额（万元）';

test('an empty, a damaged and a foreign file are each refused with the reason @desk', async ({ page, company, enter }) => {
    await enter(company, 'promotion');
    const ledger = new ImportPage(page, company.url);
    await ledger.open();
    const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    // Bytes without a pattern, the same each time.
    let seed = 7;
    const noise = Buffer.from(Array.from({ length: 4096 }, () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16 & 255));
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), noise]);
    const cases = [
        [csv('empty.csv', ''), '文件是空的'],
        [{ name: 'empty.xlsx', mimeType: sheet, buffer: Buffer.alloc(0) }, '文件是空的'],
        [{ name: 'noise.xlsx', mimeType: sheet, buffer: noise }, /不是表格文件|文件已损坏|编码无法识别/],
        [{ name: 'broken.xlsx', mimeType: sheet, buffer: zip }, /文件已损坏|不是表格文件/],
        [{ name: 'page.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('<html><table><tr><td>1</td></tr></table></html>') }, '改了扩展名的网页'],
    ] as const;
    for (const [file, reason] of cases) {
        await ledger.choose(file);
        await expect(page.getByRole('alert'), typeof file === 'string' ? file : file.name).toContainText(reason);
        await expect(ledger.step('选择文件')).toBeVisible();
    }
    // The page still works.
    await ledger.choose(csv('good.csv', `${HEAD}\nG-1,好公司,2024,12\n`));
    await expect(ledger.step('对应列')).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
});

test('20 MB are read off the main thread, with the page alive and progress shown @desk', async ({ page, company, enter }) => {
    test.setTimeout(180_000);
    await enter(company, 'promotion');
    const row = (at: number) => `M-${at},${'很长的客户名称'.repeat(4)}${at},2024,${at % 900}.25`;
    const lines = [HEAD];
    for (let size = 0, at = 0; size < 20_000_000; at += 1) {
        const line = row(at);
        size += Buffer.byteLength(line) + 1;
        lines.push(line);
    }
    const ledger = new ImportPage(page, company.url);
    await ledger.open();
    await ledger.choose(csv('large.csv', lines.join('\n')));
    // The page answers while the file is read.
    await page.getByRole('button', { name: '苏婷' }).click();
    await expect(page.getByRole('menuitem', { name: '修改密码' })).toBeVisible();
    await page.keyboard.press('Escape');
    const columns = ledger.step('对应列');
    const refused = page.getByRole('alert');
    await expect(columns.or(refused)).toBeVisible({ timeout: 120_000 });
    if (await refused.isVisible()) await expect(refused).toContainText(/文件太大|行数太多/);
    else await expect(page.getByText(`共 ${lines.length.toLocaleString('en-US')} 行`)).toBeVisible();
});

test('formulas and markup are text; lines that cannot be read come back with the reason', async ({ page, company, enter }, { project }) => {
    const promotion = await enter(company, 'promotion');
    const code = `X-${project.name}`;
    const markup = `<img src=x onerror="document.title='run'">`;
    const ledger = new ImportPage(page, company.url);
    await ledger.open();
    const text = [
        HEAD,
        `${code}-1,"${markup.replaceAll('"', '""')}",2024,88`,
        `${code}-2,"=HYPERLINK(""http://example.org"",""x"")",2024,12`,
        `${code}-3,"=cmd|' /C calc'!A0",2024,"=1+1"`,
        `${code}-4,没有年度,,5`,
    ].join('\n');
    await ledger.choose(csv('trouble.csv', text));
    await ledger.describe();
    await ledger.check();
    await expect(ledger.stat('有问题')).toHaveText('2');

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载有问题的行' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    // The lines come back to be corrected, as they were and as text: no cell is a formula.
    const bytes = readFileSync(await download.path());
    const cells = texts(bytes);
    expect(cells).toEqual(expect.arrayContaining([`${code}-3`, "=cmd|' /C calc'!A0", '=1+1', `${code}-4`]));
    const sheets = [...parts(bytes)].filter(([name]) => name.startsWith('xl/worksheets/')).map(([, xml]) => xml);
    expect(sheets.length).toBeGreaterThan(0);
    expect(sheets.filter((xml) => /<f[ >/]/.test(xml))).toEqual([]);
    // The rows that were checked show the name as it is written.
    await page.getByRole('group', { name: '按判定筛选' }).getByRole('button', { name: /^新增/ }).click();
    await expect(page.getByRole('rowheader', { name: markup })).toBeVisible();
    await expect(page.locator('img')).toHaveCount(0);

    await ledger.send('2');
    await ledger.finished();
    await page.goto(`${company.url}/customers?q=${code}`);
    const row = page.getByRole('listitem').filter({ hasText: `${code}-1` });
    await expect(row).toContainText(markup);
    await expect(page.locator('img')).toHaveCount(0);
    await expect(page).not.toHaveTitle('run');
    await row.getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(markup);
    await expect(page).toHaveTitle(`${markup} · Fenji`);
    await expect(page.getByText('苏婷 建立了客户')).toBeVisible();
    await page.getByRole('link', { name: '评定数据' }).click();
    await expect(page.getByRole('navigation', { name: '位置' }).getByRole('link', { name: markup })).toBeVisible();
    await expect(page).toHaveTitle(`评定数据 · ${markup} · Fenji`);
    await expect(page.locator('img')).toHaveCount(0);
    const names = (await promotion.all(`/customers?q=${code}`)).map((one) => one.name).sort();
    expect(names).toEqual([markup, '=HYPERLINK("http://example.org","x")'].sort());
});
