/** A browser without a window: keeps cookies, says where its requests come from. */
import { assertEquals, assertExists } from "@std/assert";
import { firstSetupToken } from "../../auth/setup.ts";
import type { TestApp } from "./test_app.ts";

/** Where the tested app is, as browsers see it. */
export const ORIGIN = "https://support.example.org";

/** Who Ada is: the first administrator of most tests. */
export const ADA = { name: "Ada", email: "ada@example.org", password: "correct horse" };

/** One browser with its own cookies. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** The `Set-Cookie` headers of the last answer. */
  lastCookies: string[] = [];

  constructor(
    readonly app: TestApp,
    readonly origin: string = ORIGIN,
    readonly address: string = "192.0.2.1",
  ) {}

  /** Opens a page. */
  get(path: string, headers: HeadersInit = {}): Promise<Response> {
    return this.send(path, { method: "GET", headers });
  }

  /** Sends a form. */
  post(path: string, fields: Record<string, string> = {}, headers: HeadersInit = {}) {
    return this.send(path, { method: "POST", body: new URLSearchParams(fields), headers });
  }

  /** Calls the JSON API. */
  api(method: string, path: string, body?: unknown): Promise<Response> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    return this.send(path, { method, body: json });
  }

  /** Sends any request. */
  async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`);
    if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
    if (init.method !== "GET" && !headers.has("origin")) headers.set("origin", this.origin);
    const request = new Request(`${this.origin}${path}`, { ...init, headers });
    const response = await this.app.fetch(request, this.address);
    this.#keep(response);
    return response;
  }

  #keep(response: Response): void {
    this.lastCookies = response.headers.getSetCookie();
    for (const cookie of this.lastCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

/** Goes through set-up as Ada; her browser is signed in afterwards. */
export async function setUp(app: TestApp): Promise<Browser> {
  const token = await firstSetupToken(app.stores);
  assertExists(token);
  const browser = new Browser(app);
  const response = await browser.post(`/setup/${token}`, ADA);
  assertEquals([response.status, response.headers.get("location")], [303, "/console"]);
  return browser;
}

/** Invites a colleague who accepts; their browser is signed in afterwards. */
export async function inviteTechnician(admin: Browser): Promise<Browser> {
  const answer = await admin.api("POST", "/api/technicians/invitations", { role: "technician" });
  const { link } = await answer.json();
  const browser = new Browser(admin.app);
  const account = { name: "Bob", email: "bob@example.org", password: "battery staple" };
  const response = await browser.post(new URL(link).pathname, account);
  assertEquals(response.status, 303);
  return browser;
}

/** Adds a device; the path of its enrollment link, and its id. */
export async function addDevice(
  technician: Browser,
  name: string,
): Promise<{ id: string; path: string }> {
  const answer = await technician.api("POST", "/api/devices", { name });
  assertEquals(answer.status, 201);
  const { device, link } = await answer.json();
  return { id: device.id, path: new URL(link).pathname };
}

/** A browser that becomes that device. */
export async function enroll(technician: Browser, name: string): Promise<Browser> {
  const { path } = await addDevice(technician, name);
  const browser = new Browser(technician.app);
  assertEquals((await browser.post(path)).status, 303);
  return browser;
}
