// The Web Worker that holds the spreadsheet module. Requests are done one after another;
// progress is posted while one runs, so the page stays live however large the file is.
//
//   in   { id, request, file }              request: JSON text with an `op`; file: a Blob or null
//   out  { id, ok }                         JSON text, or a Uint8Array for a workbook
//        { id, error }                      JSON text with a `code`
//        { id, progress: { done, total } }
import init, { Workbench } from '#wasm/sheets/sheets.js';

export interface Asked {
    id: number;
    request: string;
    file: Blob | null;
}

export type Told =
    | { id: number; ok: string | Uint8Array<ArrayBuffer> }
    | { id: number; error: string }
    | { id: number; progress: { done: number; total: number } };

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const tell = (message: Told, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);
const bench = init().then(() => new Workbench());

/** The refusal as JSON text: the module throws such, anything else is a crash of it. */
function refusal(cause: unknown): string {
    if (typeof cause === 'string') return cause;
    console.error(cause);
    return JSON.stringify({ code: 'crashed' });
}

async function run({ id, request, file }: Asked): Promise<void> {
    try {
        const module = await bench;
        const limit = Workbench.file_limit();
        // Not read at all when it is too large: the page would run out of memory first.
        if (file !== null && file.size > limit) throw JSON.stringify({ code: 'too_large', limit });
        const bytes = file === null ? undefined : new Uint8Array(await file.arrayBuffer());
        const ok = module.run(request, bytes, (done, total) => tell({ id, progress: { done, total } }));
        tell({ id, ok }, typeof ok === 'string' ? [] : [ok.buffer]);
    } catch (cause) {
        tell({ id, error: refusal(cause) });
    }
}

let last = Promise.resolve();
scope.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
    last = last.then(() => run(data));
});
