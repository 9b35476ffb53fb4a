/** The HTTP side of a media node that runs alone. */
import { MEDIA_SOCKET_PATH } from "../protocol/media.ts";
import { CONTROL_PATH, controlHandler } from "./control.ts";
import type { StandaloneNode } from "./standalone_node.ts";
import { publicMedia } from "../protocol/service.ts";

/**
 * Serves pages (GET /media/socket), web processes (POST /control, signed with `secret`) and whoever
 * looks after the machine: GET /healthz (alive: `status`, `node`, `media`) and /readyz (it may be
 * sent calls, or 503 and a `reason`).
 */
export function nodeHandler(
  node: StandaloneNode,
  secret: string,
): (request: Request) => Response | Promise<Response> {
  const { gateway } = node;
  const control = controlHandler(secret, gateway);
  return (request) => {
    switch (new URL(request.url).pathname) {
      case MEDIA_SOCKET_PATH:
        return gateway.handle(request);
      case CONTROL_PATH:
        return control(request);
      case "/healthz":
        return Response.json({
          status: "ok",
          node: gateway.id,
          media: publicMedia(gateway.status()),
        });
      case "/readyz":
        return readiness(node);
      default:
        return new Response("Not found\n", { status: 404 });
    }
  };
}

function readiness({ gateway, notReady }: StandaloneNode): Response {
  const told = { node: gateway.id, media: publicMedia(gateway.status()) };
  return notReady === null
    ? Response.json({ status: "ready", ...told })
    : Response.json({ status: "not_ready", reason: notReady, ...told }, { status: 503 });
}
