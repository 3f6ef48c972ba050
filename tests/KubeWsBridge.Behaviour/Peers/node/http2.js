'use strict';
// node http2.js URL SCENARIO: the HTTP/2 client of Node.js with an extended CONNECT (RFC 8441) and the frames written by hand.
const { EventEmitter } = require('node:events');
const crypto = require('node:crypto');
const http2 = require('node:http2');
const { run } = require('./scenarios');

const [url, scenario] = process.argv.slice(2);
const session = http2.connect(url.replace(/^ws/, 'http'));
session.on('error', fail);
session.on('remoteSettings', (settings) => {
  if (!settings.enableConnectProtocol) {
    fail(new Error('The server does not announce SETTINGS_ENABLE_CONNECT_PROTOCOL (RFC 8441 section 3).'));
  }
  const headers = { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/', 'sec-websocket-version': '13' };
  if (scenario === 'subprotocol') {
    headers['sec-websocket-protocol'] = 'soap, chat.v1, chat.v2';
  }
  open(session.request(headers, { endStream: false }));
});

function open(stream) {
  const connection = new EventEmitter();
  let received = Buffer.alloc(0);
  let closed;
  connection.send = (data, binary) => stream.write(frame(binary ? 2 : 1, data));
  connection.ping = (data) => stream.write(frame(9, data));
  connection.close = (code, reason) => {
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code);
    payload.write(reason, 2);
    stream.end(frame(8, payload));
  };
  stream.on('response', (answer) => {
    if (answer[':status'] !== 200) {
      fail(new Error(`The answer is ${answer[':status']}.`));
    }
    connection.protocol = answer['sec-websocket-protocol'];
    run(connection, scenario).catch(fail);
  });
  stream.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (let next = read(); next; next = read()) {
      if (next.opcode === 8) {
        closed = next.payload;
        if (!stream.writableEnded) {
          stream.end(frame(8, next.payload));
        }
      } else {
        connection.emit(next.opcode === 10 ? 'pong' : 'data', next.payload);
      }
    }
  });
  stream.on('end', () => {
    connection.emit('close', closed ? closed.readUInt16BE() : 1006, closed ? closed.subarray(2).toString() : '');
    session.close();
  });
  stream.on('error', fail);

  function read() {
    let header = 2;
    if (received.length < header) {
      return null;
    }
    let length = received[1];
    if (length === 126 || length === 127) {
      header = length === 126 ? 4 : 10;
      if (received.length < header) {
        return null;
      }
      length = header === 4 ? received.readUInt16BE(2) : Number(received.readBigUInt64BE(2));
    }
    if (received.length < header + length) {
      return null;
    }
    const next = { opcode: received[0] & 15, payload: received.subarray(header, header + length) };
    received = received.subarray(header + length);
    return next;
  }
}

function frame(opcode, payload) {
  const mask = crypto.randomBytes(4);
  const length = payload.length;
  const head = length < 126 ? Buffer.from([0x80 | opcode, 0x80 | length]) : Buffer.alloc(length < 65536 ? 4 : 10);
  if (length >= 126) {
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (length < 65536 ? 126 : 127);
    if (length < 65536) {
      head.writeUInt16BE(length, 2);
    } else {
      head.writeBigUInt64BE(BigInt(length), 2);
    }
  }
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i % 4])]);
}

function fail(error) {
  console.error(error);
  process.exit(1);
}
