/** The HTTP part of the server's interface, for what needs no socket. */
import { type Phrase, phrase } from "../locales/phrase.ts";
import { REFUSAL_CODES } from "../protocol/refusals.ts";
import type { ChatService } from "../protocol/service.ts";

/** What came back: data, or what went wrong. */
export type Answer<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly problem: Phrase };

/** How a device is bound. */
export interface Enrollment {
  readonly device: { readonly id: string; readonly name: string };
  /** To be opened on the device. */
  readonly link: string;
  /** The same as a QR code (SVG). */
  readonly qr: string;
  /** When the link stops working, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** The link leads to this very computer, and works nowhere else. */
  readonly localOnly: boolean;
}

/** The two roles of people who sign in. */
export type Role = "administrator" | "technician";

/** A person who signs in. */
export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** Makes a device and the link that binds it. */
export function createDevice(name: string) {
  return request<Enrollment>("POST", "/api/devices", {
    name,
  });
}

/** A new enrollment link for a device; the old one no longer works. */
export function renewEnrollment(device: string) {
  return request<Enrollment>("POST", `/api/devices/${encodeURIComponent(device)}/enrollment`);
}

/** Removes a device; its page is told and forgets. */
export function removeDevice(device: string) {
  return request<unknown>("DELETE", `/api/devices/${encodeURIComponent(device)}`);
}

/** Ends a session from a page that is going away: the request outlives it (Fetch, keepalive). */
export function endSessionOnLeaving(session: string): void {
  const path = `/api/sessions/${encodeURIComponent(session)}`;
  // Nobody is left to hear of a failure; the session then stays open and listed (S5).
  fetch(path, { method: "DELETE", keepalive: true }).catch(() => {});
}

/** Sets the chat service of the whole deployment. */
export function saveChatService(settings: ChatService) {
  return request<unknown>("PUT", "/api/chat-service", settings);
}

/** Everyone who can sign in. */
export function listTeam() {
  return request<readonly TeamMember[]>("GET", "/api/technicians");
}

/** A link by which one more person can sign up. */
export function invite(role: Role) {
  return request<{ link: string }>("POST", "/api/technicians/invitations", { role });
}

async function request<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const data: unknown = text === "" ? null : JSON.parse(text);
    if (response.ok) return { ok: true, data: data as T };
    return { ok: false, problem: problemOf(data) };
  } catch {
    return { ok: false, problem: phrase("common.unreachable") };
  }
}

function problemOf(data: unknown): Phrase {
  const told = typeof data === "object" && data !== null && "code" in data ? data.code : null;
  const code = REFUSAL_CODES.find((known) => known === told);
  return phrase(code === undefined ? "common.refusedWithoutReason" : `errors.${code}`);
}
