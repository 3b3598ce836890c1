// Registers the service worker (sw.ts), and tells the app when another version waits. The two talk by
// events of the window: `fenji:newer` to the app, `fenji:reload` from it.

/** How often a page that stays open asks for a new version when it is looked at. */
const ASK_MS = 3_600_000;

/** How long the version that waits has to take over: a request of the old one that never ends would keep it from it. */
const TAKE_OVER_MS = 2_000;

let waiting: ServiceWorker | undefined;
let asked = false;

function tell(worker: ServiceWorker | null): void {
    // The first one of all takes the page as it is.
    if (!worker || !navigator.serviceWorker.controller) return;
    waiting = worker;
    dispatchEvent(new CustomEvent('fenji:newer'));
}

function watch(registration: ServiceWorkerRegistration): void {
    tell(registration.waiting);
    registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
            if (installing.state === 'installed') tell(registration.waiting);
        });
    });
    let last = Date.now();
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState !== 'visible' || Date.now() - last < ASK_MS) return;
        last = Date.now();
        // Without a network there is nothing new.
        registration.update().catch(() => undefined);
    });
}

/** Loads the page anew past everything that is kept, if there is a network: what is kept may be what failed. */
export async function startAfresh(): Promise<void> {
    try {
        if (navigator.onLine) await (await navigator.serviceWorker.getRegistration())?.unregister();
    } catch {
        // Then it is loaded as it is kept.
    }
    location.reload();
}

/** To be called once the app runs. */
export async function keepOffline(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    const controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
        if (asked) location.reload();
        // Another tab let the new version in: this page needs it too, when its person is ready.
        else if (controlled) dispatchEvent(new CustomEvent('fenji:newer'));
    });
    addEventListener('fenji:reload', () => {
        asked = true;
        if (!waiting) return location.reload();
        waiting.postMessage('take over');
        setTimeout(() => void startAfresh(), TAKE_OVER_MS);
    });
    try {
        const registration: ServiceWorkerRegistration | undefined = await navigator.serviceWorker.register('/sw.js');
        // Where service workers are switched off, there may be none without an error.
        if (registration) watch(registration);
    } catch {
        // The app works as well without; it only does not open offline.
    }
}
