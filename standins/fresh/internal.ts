/** What a build's `server.js` imports; not for apps. */
export { setBuildCache } from "./app.ts";
export { ProdBuildCache } from "./build_cache.ts";
