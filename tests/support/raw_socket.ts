/**
 * A WebSocket by hand (RFC 6455), for what no library lets one do: leave what arrives unread, so that
 * it piles up at the server. Text frames only; no message larger than it may be in one piece.
 */

/** An open connection. */
export class RawSocket implements Disposable {
  readonly #connection: Deno.TcpConn;
  #unread: Uint8Array = new Uint8Array();

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Connects to `path` at `origin` (http) with these headers. */
  static async open(
    origin: string,
    path: string,
    headers: Record<string, string>,
  ): Promise<RawSocket> {
    const { hostname, port, host } = new URL(origin);
    const socket = new RawSocket(await Deno.connect({ hostname, port: Number(port) }));
    const all = {
      ...{ Host: host, Upgrade: "websocket", Connection: "Upgrade", Origin: origin },
      ...{ "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": btoa("sixteen bytes ok") },
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("");
    await socket.#write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\n${lines}\r\n`));
    const head = await socket.#untilBlankLine();
    if (!head.startsWith("HTTP/1.1 101")) throw new Error(head);
    return socket;
  }

  /** Sends one short text frame. */
  async send(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length > 65_535) throw new RangeError("too long");
    // Masked, as clients have to (section 5.3); a mask of zeros changes nothing.
    const head = [0x81, 0x80 | 126, bytes.length >> 8, bytes.length & 0xff, 0, 0, 0, 0];
    await this.#write(new Uint8Array([...head, ...bytes]));
  }

  /** The next text; pings are left unanswered. Null: the other side has closed. */
  async read(): Promise<string | null> {
    for (;;) {
      const [first = 0, second = 0] = await this.#take(2);
      let length = second & 0x7f;
      if (length >= 126) {
        const bytes = await this.#take(length === 126 ? 2 : 8);
        length = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
      }
      const payload = await this.#take(length);
      if ((first & 0x0f) === 8) return null;
      if ((first & 0x0f) === 1) return new TextDecoder().decode(payload);
    }
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) {
      sent += await this.#connection.write(bytes.subarray(sent));
    }
  }

  async #untilBlankLine(): Promise<string> {
    let head = "";
    while (!head.endsWith("\r\n\r\n")) head += new TextDecoder().decode(await this.#take(1));
    return head;
  }

  async #take(count: number): Promise<Uint8Array> {
    const chunk = new Uint8Array(64 * 1024);
    const parts = [this.#unread];
    for (let have = this.#unread.length; have < count;) {
      const read = await this.#connection.read(chunk);
      if (read === null) throw new Error("the connection is gone");
      parts.push(chunk.slice(0, read));
      have += read;
    }
    const all = parts.length === 1 ? this.#unread : await bytesOf(parts);
    this.#unread = all.subarray(count);
    return all.subarray(0, count);
  }
}

async function bytesOf(parts: readonly Uint8Array[]): Promise<Uint8Array> {
  return await new Blob(parts.map((part) => part.slice())).bytes();
}
