/**
 * Tries the ways to the server: real sockets, real ICE and DTLS, one transport for each way, all at
 * once. Nothing is captured, nothing is sent.
 */
import type { EquipmentReport, LegResult, NetworkLeg } from "../../protocol/equipment.ts";
import type { IceServer } from "../../protocol/media.ts";
import type { MediaTicket } from "../../protocol/messages.ts";
import { MediaSocket } from "../call/media_socket.ts";
import { canCall } from "../user_media.ts";
import { fingerprintIn, probeAnswer } from "./probe_sdp.ts";

/** What became of each way so far. */
export type Legs = EquipmentReport["network"];

/** What a ticket's request came to: "refused": the server answered, but there are no calls now. */
export type TicketAnswer = MediaTicket | "refused" | "unreachable";

/** What trying needs of the page. */
export interface NetworkPorts {
  /** Asks the web process for a ticket. Never rejects. */
  ticket(): Promise<TicketAnswer>;
  /** Hears of every result as it comes. */
  found(leg: NetworkLeg, result: LegResult): void;
}

/** The ways of media. */
type MediaLeg = "udp" | "tcp" | "turn";

/** A way that is not open after this many milliseconds is none for a call either. */
const DEADLINE = 8_000;

/** Tries all ways; what depends on one that failed stays untested. Never rejects. */
export async function tryNetwork({ ticket, found }: NetworkPorts): Promise<void> {
  const answer = await ticket();
  found("web", answer === "unreachable" ? "failed" : "ok");
  if (answer === "unreachable") return;
  if (answer === "refused") return found("node", "failed");
  const opened = await MediaSocket.open(answer, {
    notice: () => {},
    silent: () => {},
    lost: () => {},
    reachable: () => true,
  })
    .catch(() => null);
  found("node", opened === null ? "failed" : "ok");
  if (opened === null) return;
  const { socket, joined } = opened;
  // No network is to blame where the browser itself cannot.
  if (!canCall()) return socket.close();
  const turn = joined.iceServers.filter(isTurn);
  const settle = async (leg: MediaLeg, servers: readonly IceServer[]) => {
    found(leg, await tryLeg(leg, socket, servers).catch(() => "failed" as const));
  };
  if (turn.length === 0) found("turn", "unset");
  await Promise.all([
    settle("udp", []),
    settle("tcp", []),
    turn.length === 0 ? null : settle("turn", turn),
  ]);
  socket.close();
}

/** Whether a server relays (RFC 7065); the others only tell a page its address. */
function isTurn({ urls }: IceServer): boolean {
  return urls.some((url) => /^turns?:/i.test(url));
}

async function tryLeg(
  leg: MediaLeg,
  socket: MediaSocket,
  servers: readonly IceServer[],
): Promise<"ok" | "failed"> {
  const connection = new RTCPeerConnection({
    iceServers: servers.map((server) => ({ ...server, urls: [...server.urls] })),
    iceTransportPolicy: leg === "turn" ? "relay" : "all",
  });
  try {
    connection.createDataChannel("probe");
    await connection.setLocalDescription();
    const fingerprint = fingerprintIn(connection.localDescription?.sdp ?? "");
    if (fingerprint === null) return "failed";
    const node = await socket.request({
      type: "probe",
      dtlsParameters: { role: "client", fingerprints: [fingerprint] },
    });
    // A TURN server relays to the node by UDP, however the page reaches it.
    const sdp = probeAnswer(node, leg === "tcp" ? "tcp" : "udp");
    if (sdp === null) return "failed";
    await connection.setRemoteDescription({ type: "answer", sdp });
    return await connects(connection, leg) ? "ok" : "failed";
  } finally {
    connection.close();
  }
}

/** Whether ICE and DTLS are through before the deadline. */
function connects(connection: RTCPeerConnection, leg: MediaLeg): Promise<boolean> {
  return new Promise((answer) => {
    const timer = setTimeout(() => answer(false), DEADLINE);
    const look = () => {
      const { connectionState: state } = connection;
      if (state !== "connected" && state !== "failed" && !isHopeless(connection, leg)) return;
      clearTimeout(timer);
      answer(state === "connected");
    };
    connection.addEventListener("connectionstatechange", look);
    connection.addEventListener("icegatheringstatechange", look);
    look();
  });
}

/** The browser found no address to go this way from: nothing more will come. */
function isHopeless(connection: RTCPeerConnection, leg: MediaLeg): boolean {
  if (connection.iceGatheringState !== "complete" || leg === "tcp") return false;
  const candidate = leg === "turn" ? /^a=candidate:/m : /^a=candidate:\S+ \d+ udp /im;
  return !candidate.test(connection.localDescription?.sdp ?? "");
}
