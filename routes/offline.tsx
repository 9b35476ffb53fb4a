import type { RouteConfig } from "fresh";
import { define } from "../app.ts";

/** It is all there is without a network: it brings its own style. */
export const config: RouteConfig = { skipAppWrapper: true };

const STYLE = `
body {
  display: grid;
  place-content: center;
  min-block-size: 90vh;
  margin: 0 1.5rem;
  font: 1.125rem/1.5 system-ui, sans-serif;
  text-align: center;
}
a {
  display: inline-block;
  margin: auto;
  padding: 0.75rem 1.5rem;
  border: 2px solid;
  border-radius: 99rem;
  color: inherit;
  font-weight: 600;
  text-decoration: none;
}`;

/** What the service worker keeps, and shows in place of a page while there is no server. */
export default define.page(({ state: { speaker } }) => (
  <html lang={speaker.words.locale} dir={speaker.direction}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta http-equiv="refresh" content="10" />
      <title>{speaker.say("account.offline")}</title>
      <style>{STYLE}</style>
    </head>
    <body>
      <h1>{speaker.say("account.offline")}</h1>
      <p>{speaker.say("account.offlineText")}</p>
      <a href="">{speaker.say("account.tryNow")}</a>
    </body>
  </html>
));
