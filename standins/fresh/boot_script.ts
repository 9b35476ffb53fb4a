import type { VNode } from "preact";
import { element } from "./element.ts";
import { activeRender, type RenderState } from "./render_state.ts";
import { serialise } from "./serialise.ts";

/** Whether the page needs any script of ours. */
export function needsScript({ islands, cache }: RenderState): boolean {
  return islands.size > 0 || cache.alwaysBoot;
}

/** The scripts the page starts with, as addresses. */
export function scriptAddresses({ basePath, cache, islands }: RenderState): string[] {
  return [...new Set([cache.clientEntry, ...[...islands].map(({ file }) => file)])]
    .map((file) => basePath + file);
}

/** The module script at the end of the body that hands the page's islands to the browser. */
export function BootScript(): VNode | null {
  const render = activeRender();
  if (render === null || !needsScript(render)) return null;
  const { basePath, cache, islands, islandProps, nonce } = render;
  const imports = [...islands].map(({ exportName, name, file }) => {
    const binding = exportName === "default" ? name : `{ ${exportName} as ${name} }`;
    return `import ${binding} from ${JSON.stringify(basePath + file)};`;
  });
  const names = [...islands].map(({ name }) => name).join(",");
  const props = JSON.stringify(serialise(islandProps)).replaceAll("<", "\\u003C");
  const code = `import { boot } from ${JSON.stringify(basePath + cache.clientEntry)};` +
    `${imports.join("")}boot({${names}},${props});`;
  return element("script", { type: "module", nonce, dangerouslySetInnerHTML: { __html: code } });
}
