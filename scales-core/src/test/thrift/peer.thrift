// The service of the reference peer: what a Finagle server and Scales speak to each other.
namespace java io.scalesrpc.test.peer

enum Color { RED = 1, GREEN = 2, BLUE = 3 }

struct Leaf {
  1: required string name,
  2: optional i64 count,
  3: optional double ratio,
  4: optional bool flag,
  5: optional binary blob,
  6: optional Color color
}

struct Big {
  1: required i32 id,
  2: list<Leaf> leaves,
  3: map<string, list<Leaf>> index,
  4: set<i64> numbers,
  5: map<i32, map<string, i64>> nested,
  6: optional Leaf single,
  7: list<list<i32>> matrix
}

exception PeerException {
  1: required i32 code,
  2: required string message
}

service PeerBase {
  void ping()
}

service PeerService extends PeerBase {
  string echo(1: string s),
  binary echoBytes(1: binary b),
  i32 add(1: i32 a, 2: i32 b),
  // replies with the port number that served the call, after ms milliseconds
  i32 sleep(1: i32 ms),
  void fail(1: i32 code, 2: string message) throws (1: PeerException e),
  string failUndeclared(1: string message),
  void nothing(),
  oneway void fire(1: string s),
  Big big(1: Big b),
  // which port answered
  i32 whoami(),
  // contexts seen by the server, as "key=hexvalue" (broadcast contexts it can name)
  map<string, string> contexts()
}
