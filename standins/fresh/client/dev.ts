/** The boot script under development: also reloads the page when the server restarts. */
export * from "./boot.ts";

let revision: string | undefined;

function connect(): void {
  const socket = new WebSocket(new URL("/_frsh/alive", location.href).href.replace(/^http/, "ws"));
  socket.onmessage = ({ data }) => {
    if (revision !== undefined && revision !== data) location.reload();
    revision = data;
  };
  socket.onclose = () => setTimeout(connect, 500);
}

connect();
