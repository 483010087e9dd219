// Everything peer.thrift does not have: the other types, awkward names, field ids out of order, a recursive struct.
include "peer.thrift"
namespace java io.scalesrpc.test.calculator

typedef i64 Millis

enum Operation { ADD = 1, DIVIDE = 4 }

union Number {
  1: i64 whole,
  2: double fraction
}

struct Node {
  1: optional string label,
  2: optional Node next,
  3: list<Node> children
}

struct Everything {
  1: bool truth,
  2: i8 tiny,
  3: i16 small,
  4: i32 medium,
  5: i64 large,
  6: double real,
  7: string text,
  8: binary bytes,
  9: uuid id,
  10: Operation operation,
  11: Number number,
  12: list<uuid> ids,
  13: set<Operation> operations,
  14: map<Operation, list<Number>> table,
  15: Millis age,
  16: list<bool> flags
}

exception DivisionByZero {
  1: string reason
}

exception Overflow {
  1: i64 limit,
  2: Node where
}

service Calculator extends peer.PeerBase {
  i32 divide(1: i32 dividend, 2: i32 divisor) throws (1: DivisionByZero zero, 2: Overflow overflow),
  // the ids do not follow the order of the parameters
  string join(3: string first, 1: string second, 2: i32 third),
  Everything everything(1: Everything value),
  Node node(1: Node value),
  bool truth(1: bool value),
  uuid identity(1: uuid value),
  Operation operation(1: Operation value),
  list<i64> numbers(1: list<i64> values, 2: i32 limit),
  i64 fetch(1: Millis age),
  i64 fetchAsync(1: Millis age),
  oneway void forget(1: string what, 2: bool really),
  void store_value(1: double value)
}
