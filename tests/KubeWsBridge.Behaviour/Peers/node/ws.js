'use strict';
// node ws.js URL SCENARIO: the npm package ws, with all its defaults (it offers permessage-deflate).
const { EventEmitter } = require('node:events');
const WebSocket = require('ws');
const { run } = require('./scenarios');

const [url, scenario] = process.argv.slice(2);
const socket = new WebSocket(url, scenario === 'subprotocol' ? ['soap', 'chat.v1', 'chat.v2'] : []);
socket.on('open', () => {
  const connection = new EventEmitter();
  connection.protocol = socket.protocol;
  connection.send = (data, binary) => socket.send(data, { binary });
  connection.ping = (data) => socket.ping(data);
  connection.close = (code, reason) => socket.close(code, reason);
  socket.on('message', (data) => connection.emit('data', data));
  socket.on('pong', (data) => connection.emit('pong', data));
  socket.on('close', (code, reason) => connection.emit('close', code, reason.toString()));
  run(connection, scenario).catch(fail);
});
socket.on('error', fail);

function fail(error) {
  console.error(error);
  process.exit(1);
}
