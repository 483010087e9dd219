package mixed;

import io.scalesrpc.thrift.annotation.ThriftInterface;

@ThriftInterface
public interface Prices {

	int price(String sku);

}
