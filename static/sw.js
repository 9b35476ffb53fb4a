/**
 * The agent's service worker: shows what is pushed while no page is open, and says honestly when the
 * server cannot be reached. It keeps one page, the offline one, and nothing of anybody (rule S8).
 */
const CACHE = "live-support-offline-4";
const OFFLINE = "/offline";
/** The offline page and all it needs. */
const KEPT = [OFFLINE, "/offline.css", "/offline.js", "/icon.svg"];
const ICON = "/icon-192.png";
const BADGE = "/badge-96.png";
/** As in client/alerts/turn.ts, with the same patience in milliseconds. */
const LOCK = "system-notifications";
const PATIENCE = 2_000;
/** How long the server may take to say whether a push is still true, in milliseconds. */
const ASK = 2_000;

// --- the offline page ----------------------------------------------------------------------------

self.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map(drop)))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(navigate(event));
  else if (KEPT.includes(new URL(request.url).pathname)) event.respondWith(orKept(request));
});

/** The page that was asked for; where nobody, or only a proxy in front, answers: the offline page. */
async function navigate(event) {
  try {
    const answer = await fetch(event.request);
    if (![502, 503, 504].includes(answer.status)) {
      event.waitUntil(followLanguage(answer.headers.get("content-language")));
      return answer;
    }
  } catch {
    // No answer at all.
  }
  return await caches.match(OFFLINE);
}

async function orKept(request) {
  try {
    return await fetch(request);
  } catch {
    return await caches.match(request, { ignoreSearch: true }) ?? Response.error();
  }
}

async function keepOfflinePage() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.map((path) => new Request(path, { cache: "no-cache" })));
}

/** The offline page is kept in one language: the one the pages are in. */
async function followLanguage(language) {
  const kept = await caches.match(OFFLINE);
  if (language !== null && kept?.headers.get("content-language") !== language) {
    await keepOfflinePage().catch(() => {});
  }
}

function drop(name) {
  return caches.delete(name);
}

// --- pushes: protocol/push.ts says what is in one ------------------------------------------------

self.addEventListener("push", (event) => {
  const said = readPush(event.data);
  event.waitUntil(said.over ? takeAway(said) : showOrNot(said));
});

/** A browser takes its permission back from who shows nothing: what cannot be read is shown, too. */
function readPush(data) {
  try {
    return data.json();
  } catch {
    return { tag: "unknown", title: "Live Support", body: "", url: "/device", actions: [] };
  }
}

/** A push may be late: what it is about may be over, and nothing shall ring that does not (S7, S8). */
async function showOrNot(said) {
  const waits = await whatWaits(said);
  if (waits === null) {
    return await takeAway({ ...said, ...said.tooLate, actions: [], urgent: false });
  }
  await show(waits === said.kind ? said : { ...said, urgent: false });
}

/** The kind of push that is due now, null: none, by the server; its own where that is not reached. */
async function whatWaits({ kind, tag }) {
  if (!/^(session|notification):/.test(tag)) return kind;
  try {
    const signal = AbortSignal.timeout(ASK);
    const path = `/api/device/pushes?tag=${encodeURIComponent(tag)}`;
    const answer = await fetch(path, { credentials: "same-origin", signal });
    return answer.ok ? (await answer.json()).waits : kind;
  } catch {
    return kind;
  }
}

async function show(said) {
  await inTurn(() => self.registration.showNotification(said.title, optionsOf(said)));
  badge(said.waiting);
  if (said.kind === "notification") await tell(said.notification, "received").catch(() => {});
}

function optionsOf({ tag, body, lang, dir, url, notification, actions, urgent }) {
  return {
    tag,
    body,
    lang,
    dir,
    icon: ICON,
    badge: BADGE,
    requireInteraction: urgent === true,
    renotify: true,
    actions: actions.slice(0, self.Notification?.maxActions ?? 0),
    data: { url, notification },
  };
}

/**
 * What was shown is over. Browsers want something to be shown for every push: where nobody looks at a
 * page, a quiet sentence takes its place; the page, the next time it is looked at, takes that away.
 */
async function takeAway(said) {
  badge(said.waiting);
  const pages = await windows();
  if (pages.some(({ visibilityState }) => visibilityState === "visible")) {
    const shown = await inTurn(() => self.registration.getNotifications({ tag: said.tag }));
    for (const notification of shown) notification.close();
    return;
  }
  const quiet = { ...optionsOf(said), renotify: false, silent: true };
  await inTurn(() => self.registration.showNotification(said.title, quiet));
}

/**
 * One at a time, pages included: Chromium forgets a notification that is asked for between its writing
 * down and its showing; nothing takes it off the screen then, and its tap does nothing. A push has to be
 * shown, so nobody is waited for without end: a page the system suspended keeps its turn.
 */
async function inTurn(act) {
  let begun = false;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return await navigator.locks.request(LOCK, { signal }, () => {
      begun = true;
      return act();
    });
  } catch (error) {
    if (begun) throw error;
    return await act();
  }
}

// --- what a person does with it ------------------------------------------------------------------

self.addEventListener("notificationclick", (event) => {
  const { notification, action } = event;
  notification.close();
  event.waitUntil(action === "read" ? markAsRead(notification) : open(notification.data ?? {}));
});

/** Works with no page open: the cookie says which device this is. Not reached: it is shown again. */
async function markAsRead(notification) {
  try {
    await tell(notification.data.notification, "read");
    badge((await inTurn(() => self.registration.getNotifications())).length);
  } catch {
    const { title, tag, body, lang, dir, data, actions } = notification;
    const again = { tag, body, lang, dir, data, actions, icon: ICON, badge: BADGE, silent: true };
    await inTurn(() => self.registration.showNotification(title, again));
  }
}

/** Tells the server; rejects where it cannot be reached. A refusal is an answer: it is over already. */
async function tell(id, act) {
  await fetch(`/api/device/notifications/${id}/${act}`, {
    method: "POST",
    credentials: "same-origin",
  });
}

/** Brings the agent's page to the front, or opens it. */
async function open({ url = "/device", notification }) {
  const page = (await windows()).find((one) => new URL(one.url).pathname === "/device");
  if (page === undefined) return await self.clients.openWindow(url);
  page.postMessage({ type: "respond", notification });
  await page.focus();
}

function windows() {
  return self.clients.matchAll({ type: "window", includeUncontrolled: true });
}

/** How many wait, on the app's icon, where the system shows that (W3C Badging API). */
function badge(count) {
  const shown = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  shown?.catch(() => {});
}

// --- the subscription ----------------------------------------------------------------------------

/** The browser changed it by itself (Chrome 138, Firefox); elsewhere the page looks at each launch. */
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(resubscribe(event.oldSubscription, event.newSubscription));
});

async function resubscribe(before, after) {
  const key = before?.options.applicationServerKey;
  const now = after ?? (key && await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  }));
  if (!now) return;
  const { endpoint, keys: { p256dh, auth } } = now.toJSON();
  const subscription = { endpoint, keys: { p256dh, auth } };
  await fetch("/api/device/push", {
    method: "PUT",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ subscription, language: navigator.language }),
  });
}
