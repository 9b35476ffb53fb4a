import type { AnyComponent, ComponentType, RenderableProps, VNode } from "preact";
import type { Context } from "./context.ts";
import type { Method, RouteHandler } from "./handlers.ts";

/** What pages, layouts and the app wrapper are rendered with. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    | "config"
    | "url"
    | "req"
    | "params"
    | "info"
    | "state"
    | "isPartial"
    | "Component"
    | "error"
    | "route"
  >
  & { data: Data };

/** A component that may fetch before it renders, or answer by itself. */
export interface AsyncComponent<Props> {
  (props: RenderableProps<Props>): Promise<VNode | Response | null>;
}

/** What stands at a page's, layout's or app wrapper's place. */
export type RouteComponent<State> =
  | AsyncComponent<PageProps<unknown, State>>
  | AnyComponent<PageProps<unknown, State>>;

/** Which surroundings a layout leaves out. */
export interface LayoutConfig {
  /** Leave out the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Leave out the app wrapper. */
  skipAppWrapper?: boolean;
}

/** What a route module exports as `config`. */
export interface RouteConfig extends LayoutConfig {
  /** Path pattern used instead of the one the file's place gives. */
  routeOverride?: string;
  /** Methods a lazily loaded route is registered for. */
  methods?: "ALL" | Method[];
}

/** A page with its handler. */
export interface Route<State> {
  /** Rendered with what the handler returns. */
  component?: RouteComponent<State>;
  /** Options of this route. */
  config?: RouteConfig;
  /** Answers requests or provides the page's data. */
  handler?: RouteHandler<unknown, State>;
}

/** A component that the browser takes over, as the server knows it. */
export interface Island {
  /** Address of its script. */
  file: string;
  /** Name it is registered under in the browser. */
  name: string;
  /** Name its module exports it by. */
  exportName: string;
  /** The component itself. */
  fn: ComponentType;
}

/** Finds an island by its component. */
export type IslandRegistry = Map<unknown, Island>;
