"""The peer service on Apache Thrift's own servers for Python.

peer_server.py threaded|nonblocking framed|buffered binary|compact
peer_server.py http bare binary|compact|json
peer_server.py ... values: the service of values.thrift instead, whose code the tests generate

Says the port it listens at, and ends with its input. The generated code is on PYTHONPATH: src/test/gen-py, written by
thrift --gen py -out src/test/gen-py src/test/thrift/peer.thrift
with compiler 0.17, that of Debian 12; what 0.24 writes needs a library that is as new.
"""
import os
import sys
import threading
import time

from thrift.protocol import TBinaryProtocol, TCompactProtocol, TJSONProtocol
from thrift.server import THttpServer, TNonblockingServer, TServer
from thrift.transport import TSocket, TTransport

from peer import PeerService
from peer.ttypes import PeerException


class Peer:
    def __init__(self):
        self.fired = ""

    def ping(self):
        pass

    def nothing(self):
        pass

    def echo(self, s):
        return s

    def echoBytes(self, b):
        return b

    def add(self, a, b):
        return a + b

    def sleep(self, ms):
        time.sleep(ms / 1000)
        return ms

    def fail(self, code, message):
        raise PeerException(code, message)

    def failUndeclared(self, message):
        raise ValueError(message)

    def fire(self, s):
        self.fired = s

    def big(self, b):
        return b

    def contexts(self):
        return {"fired": self.fired}


class Values:
    def echo(self, value):
        return value

    def item(self, item):
        return item

    def number(self, number):
        return number

    def check(self, fail):
        if fail:
            from values.ttypes import Refused

            raise Refused("asked for", 1 << 40)


def processor_of(service):
    if service == "peer":
        return PeerService.Processor(Peer())
    from values import ValueService

    return ValueService.Processor(Values())


class Listener(TSocket.TServerSocket):
    def listen(self):
        super().listen()
        print(self.handle.getsockname()[1], flush=True)


def end_with_input():
    sys.stdin.read()
    os._exit(0)


def main(kind, transport, encoding, service="peer"):
    processor = processor_of(service)
    protocols = {
        "binary": TBinaryProtocol.TBinaryProtocolFactory,
        "compact": TCompactProtocol.TCompactProtocolFactory,
        "json": TJSONProtocol.TJSONProtocolFactory,
    }
    transports = {"framed": TTransport.TFramedTransportFactory, "buffered": TTransport.TBufferedTransportFactory}
    protocol = protocols[encoding]()
    threading.Thread(target=end_with_input, daemon=True).start()
    if kind == "http":
        server = THttpServer.THttpServer(processor, ("127.0.0.1", 0), protocol)
        print(server.httpd.server_port, flush=True)
        server.serve()
    listener = Listener("127.0.0.1", 0)
    if kind == "nonblocking":
        server = TNonblockingServer.TNonblockingServer(processor, listener, protocol, threads=2)
    else:
        server = TServer.TThreadedServer(processor, listener, transports[transport](), protocol, daemon=True)
    server.serve()


main(*sys.argv[1:])
