/** The one socket of a page to its web process: `/api/socket/technician`, `/api/socket/device`. */
import { HttpError, type WebSocketHandlers } from "fresh";
import type { Connection, PageHandler } from "../../../actors/ports.ts";
import { define, type State } from "../../../app.ts";
import { CLOSE_CODE } from "../../../protocol/errors.ts";

/** Seconds without a frame or a pong after which a socket counts as dead. */
const IDLE_TIMEOUT = 30;

export const handler = define.handlers({
  GET(ctx) {
    if (ctx.req.headers.get("upgrade")?.toLowerCase() !== "websocket") throw new HttpError(426);
    // Browsers let any site open a socket and send our cookies along. app.ts refuses those of other
    // sites; what says nothing of where it is from is no page.
    if (!ctx.req.headers.has("origin")) throw new HttpError(403);
    return ctx.upgrade(socketHandlers(connector(ctx.params.side, ctx.state)), {
      idleTimeout: IDLE_TIMEOUT,
    });
  },
});

type Connector = (connection: Connection) => PageHandler;

/** Who connects, by what its cookie was checked against (A1). */
function connector(side: string | undefined, state: State): Connector {
  const { hub } = state.services;
  if (side === "technician") {
    const identity = state.technician;
    if (identity === null) throw new HttpError(401);
    const { id, name } = identity.technician;
    const { signInHash } = identity;
    return (connection) =>
      hub.connectTechnician({ technician: { id, name }, signInHash }, connection);
  }
  if (side === "device") {
    const identity = state.device;
    if (identity === null) throw new HttpError(401);
    return (connection) => hub.connectDevice({ device: identity.device.id }, connection);
  }
  throw new HttpError(404);
}

function socketHandlers(connect: Connector): WebSocketHandlers {
  let page: PageHandler | undefined;
  return {
    open(socket) {
      page = connect(toConnection(socket));
    },
    message(_socket, event) {
      page?.receive(event.data);
    },
    close() {
      page?.closed();
    },
    error() {
      page?.closed();
    },
  };
}

function toConnection(socket: WebSocket): Connection {
  return {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    close(reason) {
      if (socket.readyState <= WebSocket.OPEN) socket.close(CLOSE_CODE, reason);
    },
    get buffered() {
      return socket.bufferedAmount;
    },
  };
}
