// Starts the app: fetches its wasm and runs it, which mounts it on the body.
import init from '#wasm/app/app.js';

init().catch((cause: unknown) => {
    console.error(cause);
    const note = document.createElement('p');
    note.setAttribute('role', 'alert');
    note.textContent = '页面未能启动，请刷新或更换浏览器。The page could not start: reload it, or try another browser.';
    document.body.append(note);
});
