import { asset } from "fresh/runtime";
import { define, servedBuild } from "../app.ts";

/** The pages of a device, and the one that makes a browser one. */
const AGENT = /^\/(device|enroll)(\/|$)/;

/** The document around every page. */
export default define.page(({ Component, url, state: { speaker } }) => (
  <html lang={speaker.words.locale} dir={speaker.direction} data-build={servedBuild()}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#f0f6f4" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#0d1719" media="(prefers-color-scheme: dark)" />
      <title>Live Support</title>
      <link rel="stylesheet" href={asset("/styles.css")} />
      {/* What is installed is the agent: a technician's page offers nothing of it. */}
      {AGENT.test(url.pathname) ? <link rel="manifest" href="/manifest.webmanifest" /> : null}
      <link rel="icon" href={asset("/icon.svg")} type="image/svg+xml" />
      <link rel="apple-touch-icon" href={asset("/icon-192.png")} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
