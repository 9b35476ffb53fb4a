/**
 * Writes rows into an SQLite database and, after each commit, says so through a socket. Arguments:
 * the database, the port, what `PRAGMA synchronous` shall be.
 */
import { DatabaseSync } from "node:sqlite";

const [path = "", port = "", synchronous = ""] = Deno.args;
const database = new DatabaseSync(path);
database.exec("PRAGMA journal_mode = WAL");
database.exec(`PRAGMA synchronous = ${synchronous}`);
database.exec("CREATE TABLE IF NOT EXISTS row (n INTEGER PRIMARY KEY)");
const socket = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
for (let n = 0;; n++) {
  database.exec(`INSERT INTO row VALUES (${n})`);
  await socket.write(new Uint8Array(1));
}
