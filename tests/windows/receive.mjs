// usage: receive.mjs FOLDER: a raw printer on a free port of 127.0.0.1, written to FOLDER/port. Each connection that
// sent something becomes FOLDER/1.bin, 2.bin … when it has ended.
import { renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";

const folder = process.argv[2];
let count = 0;

function put(name, data) {
  writeFileSync(`${folder}/${name}.part`, data);
  renameSync(`${folder}/${name}.part`, `${folder}/${name}`);
}

const server = createServer((socket) => {
  const pieces = [];
  socket.on("data", (piece) => pieces.push(piece));
  socket.on("error", () => {});
  socket.on("close", () => {
    if (pieces.length > 0) put(`${++count}.bin`, Buffer.concat(pieces));
  });
});
server.listen(0, "127.0.0.1", () => put("port", `${server.address().port}`));
