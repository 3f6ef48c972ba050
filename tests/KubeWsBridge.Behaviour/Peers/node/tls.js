'use strict';
// node tls.js URL VERSION: one message over exactly this version of TLS; prints the version and the echo.
const WebSocket = require('ws');

const [url, version] = process.argv.slice(2);
const socket = new WebSocket(url, { rejectUnauthorized: false, minVersion: version, maxVersion: version });
socket.on('open', () => socket.send('hello'));
socket.on('message', (data) => {
  console.log(socket._socket.getProtocol(), data.toString());
  socket.close();
});
socket.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
