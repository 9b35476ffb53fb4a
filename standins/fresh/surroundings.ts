import type { FunctionComponent, VNode } from "preact";
import type { Context } from "./context.ts";
import { element } from "./element.ts";
import type { AsyncComponent, PageProps, RouteComponent } from "./types.ts";

/** What a page is wrapped in: the app wrapper and the layouts, from the outside in. */
export interface Surroundings {
  readonly app: RouteComponent<unknown> | null;
  readonly layouts: readonly RouteComponent<unknown>[];
}

function isAsync(component: RouteComponent<unknown>): component is AsyncComponent<PageProps> {
  return component.constructor.name === "AsyncFunction";
}

/** Makes the element for a page, layout or app wrapper; waits for one that is async. */
export async function renderComponent(
  ctx: Context<unknown>,
  component: RouteComponent<unknown>,
  data: unknown,
  child: FunctionComponent,
): Promise<VNode | Response | null> {
  const { config, error, info, isPartial, params, req, state, url, route } = ctx;
  const props: PageProps = {
    ...{ config, error, info, isPartial, params, req, state, url, route },
    Component: child,
    data,
  };
  return isAsync(component) ? await component(props) : element(component, props);
}
