// What all clients of Thrift call.
namespace java io.scalesrpc.benchmark.thrift

service EchoService {
  string echo(1: string text)
}
