// The shape of what wasm-bindgen writes to build/<profile>/sheets.
declare module '#wasm/sheets/sheets.js' {
    /** Fetches the module. */
    export default function init(): Promise<unknown>;

    /** Holds one file; see `sheets::Workbench`. */
    export class Workbench {
        constructor();
        /** Most bytes of a file. */
        static file_limit(): number;
        /** Does what JSON text asks; throws JSON text with a `code`. */
        run(
            request: string,
            bytes: Uint8Array | undefined,
            progress: (done: number, total: number) => void,
        ): string | Uint8Array<ArrayBuffer>;
    }
}
