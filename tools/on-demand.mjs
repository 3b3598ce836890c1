// Which files of the page are fetched only when something asks for them. Anything not listed here
// counts as a rep's first screen; tests/browser/first-screen.spec.ts holds that against a browser.
const ON_DEMAND = [/^share\.css$/, /^robots\.txt$/, /^licences\.txt$/, /^assets\/(sheets|charts)/, /^assets\/(split|chunk)_/, /^icon-\d+\.png$/, /^apple-touch-icon\.png$/, /^api\/v1\/openapi\.json$/];

/** @param {string} path from the folder that is served, such as `assets/index.js` */
export const onDemand = (path) => ON_DEMAND.some((name) => name.test(path));

/** Files of that folder that the platform reads and nobody is sent. */
export const NOT_SENT = ['_headers'];
