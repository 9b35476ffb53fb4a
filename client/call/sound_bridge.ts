/** Sound on its way through WebAudio: softer, on one side, or just so that a sink takes effect. */

/** How sound is changed on the way. */
export interface Shape {
  /** From -1 (left) to 1 (right); the right channel is an iPhone's upper speaker. */
  readonly pan: number;
  /** A factor. */
  readonly gain: number;
}

/** One stream's way from WebRTC to an element: one context for the whole page. */
export class SoundBridge {
  /** Chromium feeds a remote stream to WebAudio only while an element plays it, too. */
  readonly #pump = new Audio();
  #context: AudioContext | null = null;
  #nodes: readonly AudioNode[] = [];

  constructor() {
    this.#pump.muted = true;
  }

  /** The stream to play instead of `stream`, shaped. In a tap, or it may stay silent until one. */
  open(stream: MediaStream, { pan, gain }: Shape): MediaStream {
    this.#letGo();
    this.#context ??= new AudioContext();
    const context = this.#context;
    void context.resume().catch(() => {});
    this.#pump.srcObject = stream;
    this.#pump.play().catch(() => {}); // Muted, it may; where not, WebAudio needs no pump.
    const source = context.createMediaStreamSource(stream);
    const volume = new GainNode(context, { gain });
    const panner = new StereoPannerNode(context, { pan });
    const destination = context.createMediaStreamDestination();
    source.connect(volume).connect(panner).connect(destination);
    this.#nodes = [source, volume, panner, destination];
    return destination.stream;
  }

  /** After the page slept: contexts stop in the background. */
  wake(): void {
    if (this.#nodes.length > 0) void this.#context?.resume().catch(() => {});
  }

  /** Lets the stream go, and the system's sound with it. */
  close(): void {
    this.#letGo();
    void this.#context?.suspend().catch(() => {});
  }

  #letGo(): void {
    for (const node of this.#nodes) node.disconnect();
    this.#nodes = [];
    this.#pump.srcObject = null;
  }
}
