namespace java io.scalesrpc.demo.pricing

/** What a product costs now. */
struct Price {
  1: required string sku
  2: required i64 amountCents
  3: required string currency
  /** Which of the servers said so. */
  4: optional string server
}

exception UnknownProduct {
  1: required string sku
}

service Pricing {
  /** What one product costs. */
  Price price(1: string sku) throws (1: UnknownProduct unknown)

  /** The products there are. */
  list<string> catalogue()

  /** Tells the service that somebody looked at a product; nobody waits for it. */
  oneway void viewed(1: string sku)
}
