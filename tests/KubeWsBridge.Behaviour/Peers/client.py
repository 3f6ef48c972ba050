"""client.py URL SCENARIO: the package websockets, with all its defaults (it offers permessage-deflate)."""

import asyncio
import sys

import websockets

SIZES = [1, 125, 126, 65535, 65536, 300000]


def pattern(size):
    return bytes(i * 31 % 251 for i in range(size))


async def take(socket, count):
    data = b""
    while len(data) < count:
        data += await socket.recv()
    return data


async def closed(socket):
    """Everything that still comes, and the code of the server's close frame."""
    data = b""
    try:
        while True:
            data += await socket.recv()
    except websockets.ConnectionClosed:
        return data, socket.close_code


async def text(socket):
    for size in SIZES:
        message = ("grüße 世界 " * size)[:size]
        await socket.send(message)
        assert await take(socket, len(message.encode())) == message.encode(), size


async def binary(socket):
    for size in SIZES:
        await socket.send(pattern(size))
        assert await take(socket, size) == pattern(size), size


async def ping(socket):
    for size in (0, 1, 125):
        await asyncio.wait_for(await socket.ping(pattern(size)), 30)


async def order(socket):
    messages = [f"message {i};" for i in range(100)]
    for i, message in enumerate(messages):
        await socket.send(message if i % 2 else message.encode())
    everything = "".join(messages).encode()
    assert await take(socket, len(everything)) == everything


async def client_close(socket, code):
    await socket.send("before")
    assert await take(socket, 6) == b"before"
    await socket.close(code, "because")
    assert socket.close_code == code, socket.close_code


async def worker_end(socket):
    await socket.send("bye")
    assert await closed(socket) == (b"last words", 1000)


async def worker_failure(socket):
    await socket.send("fail")
    assert (await closed(socket))[1] == 1011


async def subprotocol(socket):
    assert socket.subprotocol == "chat.v2", socket.subprotocol


async def main(url, scenario):
    protocols = ["soap", "chat.v1", "chat.v2"] if scenario == "subprotocol" else None
    async with websockets.connect(url, subprotocols=protocols) as socket:
        if scenario.startswith("client-close-"):
            await client_close(socket, int(scenario.rsplit("-", 1)[1]))
        else:
            await globals()[scenario.replace("-", "_")](socket)
    print("ok")


asyncio.run(main(*sys.argv[1:]))
