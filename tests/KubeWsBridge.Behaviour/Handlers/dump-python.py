# Sends its environment as JSON, and ends.
import json
import os
import socket

with socket.create_connection((os.environ["WSS_TCP_HOST"], int(os.environ["WSS_TCP_PORT"]))) as tcp:
    tcp.sendall((os.environ["WSS_CONNECTION_ID"] + "\n").encode())
    tcp.sendall(json.dumps({"environment": dict(os.environ)}).encode())
