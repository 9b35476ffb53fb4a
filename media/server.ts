/** The HTTP side of a media node that runs alone. */
import { MEDIA_SOCKET_PATH } from "../protocol/media.ts";
import { CONTROL_PATH, controlHandler } from "./control.ts";
import type { LocalGateway } from "./local_gateway.ts";

/**
 * Serves pages (GET /media/socket), web processes (POST /control, signed with `secret`) and whoever
 * looks after the machine (GET /healthz: `status`, `node`, `media`).
 */
export function nodeHandler(
  gateway: LocalGateway,
  secret: string,
): (request: Request) => Response | Promise<Response> {
  const control = controlHandler(secret, gateway);
  return (request) => {
    switch (new URL(request.url).pathname) {
      case MEDIA_SOCKET_PATH:
        return gateway.handle(request);
      case CONTROL_PATH:
        return control(request);
      case "/healthz":
        return Response.json({ status: "ok", node: gateway.id, media: gateway.status() });
      default:
        return new Response("Not found\n", { status: 404 });
    }
  };
}
