/**
 * The offline page: says whether it is the device or the server that is away, and loads the page that
 * was wanted as soon as the server answers again.
 */

/** How often to ask, in milliseconds, while somebody looks. */
const ASK_EVERY = 5_000;

async function look() {
  document.documentElement.dataset.network = navigator.onLine ? "on" : "off";
  if (!navigator.onLine || document.visibilityState === "hidden") return;
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    if (answer.ok) location.reload();
  } catch {
    // Not yet.
  }
}

for (const event of ["online", "offline", "pageshow"]) addEventListener(event, look);
document.addEventListener("visibilitychange", look);
setInterval(look, ASK_EVERY);
look();
