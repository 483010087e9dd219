package io.scalesrpc.thrift;

import io.scalesrpc.thrift.wire.ByteBufTransport;
import io.scalesrpc.thrift.wire.GuardedBinaryProtocol;
import io.scalesrpc.thrift.wire.GuardedCompactProtocol;
import io.scalesrpc.thrift.wire.GuardedJsonProtocol;
import org.apache.thrift.protocol.TProtocol;

/**
 * The encodings of a Thrift message; both ends must use the same one.
 * <p>
 * <em>Immutable</em>.
 */
public enum ThriftEncoding {

	/**
	 * {@code TBinaryProtocol}, strict both ways: a message must begin with the version,
	 * except for servers.
	 */
	BINARY {
		@Override
		TProtocol protocol(ByteBufTransport transport, boolean strictRead) {
			return GuardedBinaryProtocol.over(transport, strictRead);
		}
	},

	/** {@code TCompactProtocol}. */
	COMPACT {
		@Override
		TProtocol protocol(ByteBufTransport transport, boolean strictRead) {
			return GuardedCompactProtocol.over(transport);
		}
	},

	/**
	 * {@code TJSONProtocol}; the slowest and largest, for peers that have nothing else.
	 */
	JSON {
		@Override
		TProtocol protocol(ByteBufTransport transport, boolean strictRead) {
			return GuardedJsonProtocol.over(transport);
		}
	};

	abstract TProtocol protocol(ByteBufTransport transport, boolean strictRead);

}
