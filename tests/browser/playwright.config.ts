// Browser tests: the release build in workerd, in Chromium, at a phone's and at
// a desk's width. Each file starts the servers it needs (see product.ts).
import { existsSync } from 'node:fs';
import { defineConfig, type ViewportSize } from '@playwright/test';

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

const at = (viewport: ViewportSize, touch: boolean) => ({ viewport, hasTouch: touch, isMobile: touch });

export default defineConfig({
    testDir: '.',
    globalSetup: './global-setup.ts',
    outputDir: '../../test-results/browser',
    workers: 2,
    timeout: 60_000,
    expect: { timeout: 20_000 },
    forbidOnly: !!process.env.CI,
    // A shared machine may stand still for many seconds; what passes only the second time is named as such.
    retries: process.env.CI ? 1 : 0,
    reporter: [['list'], ['json', { outputFile: '../../test-results/browser.json' }]],
    use: {
        browserName: 'chromium',
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        // What goes through one cannot be held back or changed by a test; offline.spec.ts allows it.
        serviceWorkers: 'block',
        // Drawing every step up takes its time: under CI only of what is tried again.
        trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
        screenshot: 'only-on-failure',
        launchOptions: {
            executablePath: existsSync(chromium) ? chromium : undefined,
            args: [
                '--no-sandbox',
                '--disable-gpu',
                '--disable-background-networking',
                '--disable-component-update',
                '--disable-sync',
                '--no-first-run',
            ],
        },
    },
    projects: [
        // What only a wide screen is for, or what no width changes, is tested once.
        { name: 'phone', use: at({ width: 390, height: 844 }, true), grepInvert: /@desk/ },
        { name: 'desk', use: at({ width: 1440, height: 900 }, false) },
    ],
});
