// Starts the app: fetches its wasm and runs it, which mounts it on the body.
import init from '#wasm/app/app.js';
import { keepOffline, startAfresh } from './offline';

declare global {
    interface Window {
        fenji: {
            sheets: { run: typeof import('./sheets-client').call };
            charts: { open: (...asked: Parameters<typeof import('./charts').open>) => Promise<import('./charts').Chart> };
        };
    }
}

const lang = localStorage.getItem('fenji.lang');
const theme = localStorage.getItem('fenji.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
if (lang === 'en') document.documentElement.lang = lang;

// The spreadsheet module, loaded only by those who import, and the pictures, only by those who look at one.
window.fenji = {
    sheets: { run: async (...asked) => (await import('./sheets-client')).call(...asked) },
    charts: { open: async (...asked) => (await import('./charts')).open(...asked) },
};

/** Covers the page with a message and a button that reloads it; needs nothing of the app. */
function cover(zh: string, en: string): void {
    const english = document.documentElement.lang === 'en';
    const screen = document.createElement('main');
    screen.className = 'fj-auth';
    const sheet = document.createElement('div');
    sheet.className = 'fj-auth__sheet';
    const note = document.createElement('p');
    note.setAttribute('role', 'alert');
    note.textContent = english ? en : zh;
    const button = document.createElement('button');
    button.className = 'fj-button fj-button--primary fj-button--block';
    button.textContent = english ? 'Reload' : '重新加载';
    button.addEventListener('click', () => void startAfresh());
    sheet.append(note, button);
    screen.append(sheet);
    document.body.replaceChildren(screen);
    button.focus();
}

// After a panic the module must not run again: only this script is left.
document.addEventListener('fenji:crash', () => {
    // Not at once: the module is still on the stack.
    setTimeout(() => cover('页面出了问题。您填的内容已保存在本机，重新加载后可恢复。', 'The page has failed. What you typed is kept on this device; reload to go on.'));
});

init().then(keepOffline, (cause: unknown) => {
    console.error(cause);
    cover('页面未能启动，请重新加载或更换浏览器。', 'The page could not start: reload it, or try another browser.');
});
