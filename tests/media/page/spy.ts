/** Runs before the call client: watches what it does to the browser, and can take devices away. */

/** Every peer connection of the page, in the order they were made. */
export const connections: RTCPeerConnection[] = [];
/** Every captured track. */
export const captured: MediaStreamTrack[] = [];
/** What `getUserMedia` was asked for. */
export const asked: string[] = [];
/** How often something was negotiated. */
export const negotiations = { count: 0 };
/** The name of the error that asking for this fails with. */
export const broken: { audio?: string; video?: string } = {};

class WatchedConnection extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }

  override setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
    negotiations.count++;
    return super.setLocalDescription(description);
  }
}
globalThis.RTCPeerConnection = WatchedConnection;

const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
  const kinds = (["audio", "video"] as const).filter((kind) => constraints[kind]);
  asked.push(kinds.join("+"));
  const failing = kinds.map((kind) => broken[kind]).find((name) => name !== undefined);
  if (failing !== undefined) throw new DOMException("taken away", failing);
  const stream = await getUserMedia(constraints);
  captured.push(...stream.getTracks());
  return stream;
};
