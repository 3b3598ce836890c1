// The shape of what wasm-bindgen writes to build/<profile>/app.
declare module '#wasm/app/app.js' {
    /** Fetches the module and runs its start function. */
    export default function init(): Promise<unknown>;
}
