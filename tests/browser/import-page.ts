// The import page as a person drives it.
import { type Locator, type Page, expect } from '@playwright/test';

export type File = string | { name: string; mimeType: string; buffer: Buffer };

export const csv = (name: string, text: string): File => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

export class ImportPage {
    constructor(
        readonly page: Page,
        readonly url: string,
    ) {}

    async open(): Promise<void> {
        await this.page.goto(`${this.url}/import`);
        await expect(this.page.getByRole('heading', { level: 1, name: '导入台账' })).toBeVisible();
    }

    choose(file: File): Promise<void> {
        return this.page.locator('input[type=file]').setInputFiles(file);
    }

    /** The step that the list of steps marks as the present one. */
    step(name: string): Locator {
        return this.page.getByRole('list', { name: '导入步骤' }).locator('[aria-current=step]').filter({ hasText: name });
    }

    /** The select that says what a column holds. */
    column(heading: string): Locator {
        return this.page.getByRole('combobox', { name: `“${heading}”列对应的字段` });
    }

    /** Says what the file leaves open, as far as it asks: of annual figures no day. */
    async describe(asOf?: string, unit = '销售一科'): Promise<void> {
        await expect(this.step('对应列')).toBeVisible();
        const day = this.page.getByLabel(/^台账截止日期/);
        if (asOf) await day.fill(asOf);
        else await expect(day).toHaveCount(0);
        await this.page.getByLabel(/^新客户归属单位/).selectOption(unit);
    }

    async check(): Promise<void> {
        await this.page.getByRole('button', { name: '检查数据' }).click();
        await expect(this.step('检查')).toBeVisible();
        await expect(this.page.getByRole('button', { name: /^导入 [\d,]+ 行$/ })).toBeVisible({ timeout: 30_000 });
        await expect(this.stat('新增')).not.toHaveText('…', { timeout: 30_000 });
    }

    /** One of the big figures. */
    stat(label: string): Locator {
        return this.page.locator('.fj-stat').filter({ has: this.page.getByText(label, { exact: true }) }).locator('.fj-stat__value');
    }

    async send(rows: string): Promise<void> {
        await this.page.getByRole('button', { name: `导入 ${rows} 行` }).click();
    }

    async finished(): Promise<void> {
        await expect(this.page.getByRole('heading', { name: '导入完成' })).toBeVisible({ timeout: 60_000 });
    }
}
