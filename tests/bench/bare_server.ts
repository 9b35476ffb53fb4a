/** The floor of memory: a Deno WebSocket server that does nothing. */
const onListen = ({ port }: Deno.NetAddr) => console.log(`http://127.0.0.1:${port}`);
Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onmessage = () => {};
  return response;
});
