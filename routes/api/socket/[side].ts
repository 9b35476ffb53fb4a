/** The one socket of a page to its web process: `/api/socket/technician`, `/api/socket/device`. */
import { HttpError } from "fresh";
import type { Connection, PageHandler } from "../../../actors/ports.ts";
import { define, type State } from "../../../app.ts";
import { refuse } from "../../../auth/refusals.ts";
import { may } from "../../../auth/rights.ts";
import { CLOSE_CODE, type CloseReason } from "../../../protocol/errors.ts";
import type { Side } from "../../../protocol/receipts.ts";

/** Seconds without a frame or a pong after which a socket counts as dead. */
const IDLE_TIMEOUT = 30;

export const handler = define.handlers({
  GET(ctx) {
    if (ctx.req.headers.get("upgrade")?.toLowerCase() !== "websocket") throw new HttpError(426);
    // Browsers let any site open a socket and send our cookies along. app.ts refuses those of other
    // sites; what says nothing of where it is from is no page.
    if (!ctx.req.headers.has("origin")) throw new HttpError(403);
    const { person, side, connect } = connector(ctx.params.side, ctx.state);
    const { hub } = ctx.state.services;
    const later = { "Retry-After": "5" };
    if (hub.load.loop === "overloaded") return refuse("busy", later);
    if (!hub.crowd.mayConnect(`${side} ${person}`)) return refuse("rate_limited", later);
    const { socket, response } = ctx.upgrade({ idleTimeout: IDLE_TIMEOUT });
    serveSocket(socket, connect);
    return response;
  },
});

/** Whose page it is, and how it is connected. */
interface Connector {
  readonly side: Side;
  readonly person: string;
  readonly connect: (connection: Connection) => PageHandler;
}

/** Who connects, by what its cookie was checked against (A1). */
function connector(side: string | undefined, { services, technician, device }: State): Connector {
  const { hub } = services;
  switch (side) {
    case "technician": {
      if (technician === null) throw new HttpError(401);
      const { technician: { id, name, role }, signInHash } = technician;
      if (!may(role, "live_support")) throw new HttpError(403);
      const identity = { technician: { id, name }, signInHash };
      const connect = (connection: Connection) => hub.connectTechnician(identity, connection);
      return { side, person: id, connect };
    }
    case "device": {
      if (device === null) throw new HttpError(401);
      const identity = { device: device.device.id, browser: device.tokenHash };
      const connect = (connection: Connection) => hub.connectDevice(identity, connection);
      return { side, person: identity.device, connect };
    }
    default:
      throw new HttpError(404);
  }
}

function serveSocket(socket: WebSocket, connect: Connector["connect"]): void {
  socket.addEventListener("open", () => {
    const page = new PageEvents(connect(new SocketConnection(socket)));
    for (const type of ["message", "close", "error"]) socket.addEventListener(type, page);
  }, { once: true });
}

/** Hands a socket's events to its page: one object, for 20,000 sockets may be open at once. */
class PageEvents {
  readonly #page: PageHandler;

  constructor(page: PageHandler) {
    this.#page = page;
  }

  handleEvent(event: Event): void {
    if (event instanceof MessageEvent) this.#page.receive(event.data);
    else this.#page.closed();
  }
}

/** A page's socket, as the hub sees it. */
class SocketConnection implements Connection {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  close(reason: CloseReason): void {
    if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close(CLOSE_CODE, reason);
  }
}
