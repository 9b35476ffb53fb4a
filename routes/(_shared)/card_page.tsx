import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { LanguageMenu } from "../../components/LanguageMenu.tsx";
import { Speaking } from "../../components/words.tsx";
import type { Speaker } from "../../locales/speaker.ts";

/** A page that is one card: its heading, and what to read or do. */
export function CardPage(
  { speaker, title, heading = title, path, children }: {
    readonly speaker: Speaker;
    /** For the browser's tab. */
    readonly title: string;
    readonly heading?: string;
    /** Where it is, to come back to in another language; absent: there is no coming back. */
    readonly path?: string;
    readonly children: ComponentChildren;
  },
) {
  const { say } = speaker;
  return (
    <Speaking speaker={speaker}>
      <Head>
        <title>{say("account.pageTitle", { page: title })}</title>
      </Head>
      <main class="page">
        <div class="card stack">
          <p class="brand">{say("common.product")}</p>
          <h1>{heading}</h1>
          {children}
        </div>
        {path === undefined ? null : <LanguageMenu as="row" path={path} />}
      </main>
    </Speaking>
  );
}
