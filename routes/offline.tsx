import type { RouteConfig } from "fresh";
import { define } from "../app.ts";

/** Brings all it needs: the service worker keeps it for when nothing else can be loaded. */
export const config: RouteConfig = { skipAppWrapper: true };

/** What is shown instead of any page while there is no server; in the reader's language. */
export default define.page(({ state: { speaker } }) => {
  const { say, direction, words } = speaker;
  return (
    <html lang={words.locale} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f0f6f4" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0d1719" media="(prefers-color-scheme: dark)" />
        <title>{say("account.offline")}</title>
        <link rel="stylesheet" href="/offline.css" />
        <script src="/offline.js" defer></script>
      </head>
      <body>
        <main>
          <img src="/icon.svg" alt="" width="64" height="64" />
          <h1>{say("account.offline")}</h1>
          <p role="status">
            <span data-network="on">{say("account.offlineText")}</span>
            <span data-network="off">{say("account.offlineDevice")}</span>
          </p>
          <p>{say("account.offlineKept")}</p>
          <a href="">{say("account.tryNow")}</a>
        </main>
      </body>
    </html>
  );
});
