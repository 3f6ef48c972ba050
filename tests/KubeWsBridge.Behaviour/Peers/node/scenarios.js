'use strict';
// What every Node.js client does, over a connection { send(data, binary), ping(data), close(code, reason), on(event) }:
// 'data' gives payloads, 'pong' a payload, 'close' code and reason.
const assert = require('node:assert');

const sizes = [1, 125, 126, 65535, 65536, 300000];

class Inbox {
  constructor(connection) {
    this.data = Buffer.alloc(0);
    this.waiting = [];
    connection.on('data', (payload) => {
      this.data = Buffer.concat([this.data, payload]);
      this.wake();
    });
    this.closed = new Promise((resolve) => connection.on('close', (code, reason) => resolve({ code, reason })));
  }

  wake() {
    while (this.waiting.length > 0 && this.waiting[0].count <= this.data.length) {
      const { count, resolve } = this.waiting.shift();
      resolve(this.data.subarray(0, count));
      this.data = this.data.subarray(count);
    }
  }

  take(count) {
    return new Promise((resolve) => {
      this.waiting.push({ count, resolve });
      this.wake();
    });
  }
}

const pattern = (size) => Buffer.from(Array.from({ length: size }, (_, i) => (i * 31) % 251));

exports.text = async (connection, inbox) => {
  for (const size of sizes) {
    const text = 'grüße 世界 '.repeat(Math.ceil(size / 16)).slice(0, size);
    connection.send(Buffer.from(text), false);
    assert.strictEqual((await inbox.take(Buffer.byteLength(text))).toString(), text);
  }
  connection.close(1000, '');
  assert.strictEqual((await inbox.closed).code, 1000);
};

exports.binary = async (connection, inbox) => {
  for (const size of sizes) {
    connection.send(pattern(size), true);
    assert.deepStrictEqual(Buffer.from(await inbox.take(size)), pattern(size));
  }
  connection.close(1000, '');
  assert.strictEqual((await inbox.closed).code, 1000);
};

exports.ping = async (connection) => {
  for (const size of [0, 1, 125]) {
    const pong = new Promise((resolve) => connection.once('pong', resolve));
    connection.ping(pattern(size));
    assert.deepStrictEqual(Buffer.from(await pong), pattern(size));
  }
  connection.close(1000, '');
};

exports.order = async (connection, inbox) => {
  let all = '';
  for (let i = 0; i < 100; i++) {
    connection.send(Buffer.from(`message ${i};`), i % 2 === 0);
    all += `message ${i};`;
  }
  assert.strictEqual((await inbox.take(all.length)).toString(), all);
  connection.close(1000, '');
  assert.strictEqual((await inbox.closed).code, 1000);
};

for (const code of [1000, 1001, 3000, 4999]) {
  exports[`client-close-${code}`] = async (connection, inbox) => {
    connection.send(Buffer.from('before'), false);
    connection.close(code, 'because');
    assert.strictEqual((await inbox.closed).code, code);
    assert.strictEqual(inbox.data.toString(), 'before');
  };
}

exports['worker-end'] = async (connection, inbox) => {
  connection.send(Buffer.from('bye'), false);
  assert.strictEqual((await inbox.closed).code, 1000);
  assert.strictEqual(inbox.data.toString(), 'last words');
};

exports['worker-failure'] = async (connection, inbox) => {
  connection.send(Buffer.from('fail'), false);
  assert.strictEqual((await inbox.closed).code, 1011);
};

exports.subprotocol = async (connection, inbox) => {
  assert.strictEqual(connection.protocol, 'chat.v2');
  connection.close(1000, '');
  assert.strictEqual((await inbox.closed).code, 1000);
};

exports.run = async (connection, scenario) => {
  await exports[scenario](connection, new Inbox(connection));
  console.log('ok');
};
