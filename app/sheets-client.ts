// The page's side of the spreadsheet module: starts the Web Worker at the first call, so that
// nobody who imports nothing loads it. `main.ts` hands `call` to the app's Rust (`app/src/sheets.rs`).
//
// `request` is the JSON text of a `sheets::Request`, such as {"op":"open","file_name":"a.xlsx"};
// `file` is given with `open` alone. The promise gives JSON text, or a Uint8Array for `template`
// and `problem_sheet`, and is rejected with JSON text that has a `code`: those of
// `sheets::SheetError`, `crashed` (the module failed; what was open is gone) and `unavailable` (it
// could not be loaded). `progress` is called with what is done and the total.
import type { Asked, Told } from './sheets-worker';

type Progress = (done: number, total: number) => void;

interface Waiting {
    resolve: (answer: string | Uint8Array) => void;
    reject: (refusal: string) => void;
    progress: Progress | null | undefined;
}

let worker: Worker | undefined;
let next = 0;
const waiting = new Map<number, Waiting>();

/** Ends the worker and all that waits for it. */
function end(code: string): void {
    worker?.terminate();
    worker = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const { reject } of all) reject(JSON.stringify({ code }));
}

function hear({ data }: MessageEvent<Told>): void {
    const asked = waiting.get(data.id);
    if (asked === undefined) return;
    if ('progress' in data) {
        asked.progress?.(data.progress.done, data.progress.total);
        return;
    }
    waiting.delete(data.id);
    if ('ok' in data) {
        asked.resolve(data.ok);
        return;
    }
    asked.reject(data.error);
    // After a panic the module must not run again; the next call starts a new one.
    if (data.error === JSON.stringify({ code: 'crashed' })) end('crashed');
}

function start(): Worker {
    const started = new Worker(new URL('./sheets-worker.ts', import.meta.url), { type: 'module' });
    started.addEventListener('message', hear);
    started.addEventListener('error', (event) => {
        console.error(event.message);
        if (worker === started) end('unavailable');
    });
    return started;
}

/** Asks the module; see the top of this file. */
export function call(
    request: string,
    file?: Blob | null,
    progress?: Progress | null,
): Promise<string | Uint8Array> {
    worker ??= start();
    const to = worker;
    const id = next++;
    return new Promise((resolve, reject) => {
        const asked: Asked = { id, request, file: file ?? null };
        to.postMessage(asked);
        waiting.set(id, { resolve, reject, progress });
    });
}
