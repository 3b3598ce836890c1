// The service worker: the app opens without a network. Of its own version it keeps what the first
// screen takes, fetched when it is installed, and every part that was opened since. It answers for
// nothing else: what the API says is never kept, and the public links under /s/ do not go through it.
//
// Hand-made instead of Workbox: this is all that is kept, and the library alone would be ten times it.
// The list of files and the version are put in by vite.config.ts.
declare const FILES: string[];
declare const VERSION: string;

const scope = globalThis as unknown as ServiceWorkerGlobalScope;
const PREFIX = 'fenji-';
const KEPT = `${PREFIX}${VERSION}`;

/** Files under names that change with their content. */
const isHashed = (path: string): boolean => path.startsWith('/assets/');

async function install(): Promise<void> {
    const cache = await caches.open(KEPT);
    // A name that stays may be stale in the browser's own cache.
    await cache.addAll(FILES.map((path) => new Request(path, { cache: isHashed(path) ? 'default' : 'no-cache' })));
}

async function activate(): Promise<void> {
    const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== KEPT);
    await Promise.all(old.map((name) => caches.delete(name)));
    await scope.clients.claim();
}

/** What is kept under a path, or else what the network has. */
async function answer(request: Request, path: string): Promise<Response> {
    const cache = await caches.open(KEPT);
    const kept = await cache.match(path, { ignoreVary: true });
    if (kept) return kept;
    const fetched = await fetch(request);
    // A part that is gone is answered with the page itself.
    const isPage = fetched.headers.get('content-type')?.startsWith('text/html') ?? true;
    if (isHashed(path) && fetched.ok && !isPage) await cache.put(path, fetched.clone());
    return fetched;
}

/** Under which path an answer is kept; `undefined` for what is the network's alone. */
function place({ method, mode, url }: Request): string | undefined {
    const { origin, pathname } = new URL(url);
    if (method !== 'GET' || origin !== scope.location.origin || /^\/(api|s)(\/|$)/.test(pathname)) return undefined;
    if (isHashed(pathname) || FILES.includes(pathname)) return pathname;
    // Every address of the app is the same page; one with a dot is a file.
    return mode === 'navigate' && !pathname.includes('.') ? '/' : undefined;
}

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('fetch', (event) => {
    const path = place(event.request);
    if (path !== undefined) event.respondWith(answer(event.request, path));
});
// A new version waits until the person reloads: what is open goes on with the files it began with.
scope.addEventListener('message', ({ data }) => {
    if (data === 'take over') void scope.skipWaiting();
});
