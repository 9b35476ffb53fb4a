import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";

/** A page that is one card: its heading, and what to read or do. */
export function CardPage(
  { title, heading = title, children }: {
    /** For the browser's tab. */
    readonly title: string;
    readonly heading?: string;
    readonly children: ComponentChildren;
  },
) {
  return (
    <>
      <Head>
        <title>{`${title} · Live Support`}</title>
      </Head>
      <main class="page">
        <div class="card stack">
          <p class="brand">Live Support</p>
          <h1>{heading}</h1>
          {children}
        </div>
      </main>
    </>
  );
}
