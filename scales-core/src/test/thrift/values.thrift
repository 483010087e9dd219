// A value of every type that each Thrift compiler since 0.9.3 knows, so that one service is called through the classes of all.
namespace java io.scalesrpc.test.values

enum Shade { DARK = 1, LIGHT = 2, BRIGHT = -7 }

union Amount {
  1: i64 whole,
  2: double fraction,
  3: string text,
  4: list<i64> parts,
  5: Pair pair
}

struct Pair {
  1: optional string left,
  2: optional i64 right,
  3: optional list<Pair> more
}

struct Value {
  1: optional bool flag,
  2: optional byte tiny,
  3: optional i16 small,
  4: optional i32 medium,
  5: optional i64 large,
  6: optional double real,
  7: optional string text,
  8: optional binary bytes,
  9: optional Shade shade,
  10: optional Amount amount,
  11: optional Pair pair,
  12: optional list<i64> numbers,
  13: optional set<string> words,
  14: optional map<string, i32> counts,
  15: optional map<i32, map<string, list<Amount>>> nested,
  16: optional list<list<binary>> blobs,
  40: optional map<Shade, bool> shades
}

exception Refused {
  1: string why,
  2: i64 limit
}

// Twelve fields, as those of an order.
struct Item {
  1: i64 id,
  2: string sku,
  3: i32 quantity,
  4: i64 cents,
  5: double weight,
  6: bool gift,
  7: Shade shade,
  8: string note,
  9: i16 shelf,
  10: byte grade,
  11: list<string> tags,
  12: binary code
}

service ValueService {
  Value echo(1: Value value) throws (1: Refused refused),
  Item item(1: Item item),
  i32 number(1: i32 number),
  void check(1: bool fail) throws (1: Refused refused)
}
