// The API as a person's browser would call it, to make the data that a test begins with.
import { type BrowserContext } from '@playwright/test';

/** Everybody's password in the company that the tests found. */
export const PASSWORD = 'correct horse battery';
/** Everybody's password in the demo. */
export const DEMO_PASSWORD = 'fenji-demo-2026';

let keys = 0;

/** What the API answers with has the shapes of `shared::dto`; tests read the parts they need. */
type Json = any;

export class Api {
    private constructor(
        readonly url: string,
        private readonly cookie = '',
    ) {}

    /** Makes the first admin and is that. */
    static async setUp(url: string, secret: string): Promise<Api> {
        const setup = { secret, login: 'admin', name: '系统管理员', password: PASSWORD };
        return new Api(url, await new Api(url).cookieFrom('POST', '/setup', setup));
    }

    static async signIn(url: string, login: string, password = PASSWORD): Promise<Api> {
        return new Api(url, await new Api(url).cookieFrom('POST', '/session', { login, password }));
    }

    private async cookieFrom(method: string, path: string, body: unknown): Promise<string> {
        const answer = await this.raw(method, path, body);
        const set = answer.headers.get('set-cookie')?.split(';')[0];
        if (!answer.ok || !set) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        return set;
    }

    raw(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
        return fetch(`${this.url}/api/v1${path}`, {
            method,
            headers: {
                'x-fenji': '1',
                // workerd ends a connection that was idle for five seconds: a request sent at that moment would be lost.
                connection: 'close',
                ...(this.cookie && { cookie: this.cookie }),
                ...(body !== undefined && { 'content-type': 'application/json' }),
                ...headers,
            },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
    }

    private async json(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Json> {
        const answer = await this.raw(method, path, body, headers);
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        return text ? JSON.parse(text) : null;
    }

    get(path: string): Promise<Json> {
        return this.json('GET', path);
    }

    post(path: string, body: unknown): Promise<Json> {
        return this.json('POST', path, body, { 'idempotency-key': `browser-tests-${process.pid}-${(keys += 1)}` });
    }

    put(path: string, version: number, body: unknown): Promise<Json> {
        return this.json('PUT', path, body, { 'if-match': `"v${version}"` });
    }

    delete(path: string, version: number): Promise<Json> {
        return this.json('DELETE', path, undefined, { 'if-match': `"v${version}"` });
    }

    /** Makes a user whose first password is changed already. */
    async hire(login: string, name: string, role: string, unit?: string): Promise<void> {
        const { password } = await this.post('/users', { login, name, role, ...(unit && { unit }) });
        const fresh = await Api.signIn(this.url, login, password);
        const answer = await fresh.raw('PUT', '/session/password', { current: password, new: PASSWORD });
        if (!answer.ok) throw new Error(`the password of ${login}: ${answer.status}`);
    }

    /** All rows of a paged list. */
    async all(path: string): Promise<Json[]> {
        const rows: Json[] = [];
        let cursor = '';
        do {
            const page = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
            rows.push(...page.items);
            cursor = page.next ?? '';
        } while (cursor);
        return rows;
    }

    /** Lends the session to a browser, for another address of the same server if need be. */
    async lend(context: BrowserContext, at = this.url): Promise<void> {
        const [name = '', value = ''] = this.cookie.split('=');
        // Said to come over https, which such a name demands; the browser sends it to its own machine anyway.
        const url = at.replace('http:', 'https:');
        await context.addCookies([{ name, value, url, httpOnly: true, secure: true, sameSite: 'Lax' }]);
    }
}

/** A measured figure on the wire. */
export const measured = (value: number) => ({ state: 'measured', value });
/** A judged one. */
export const judged = (level: string) => ({ state: 'judged', level });
