package io.scalesrpc.thrift;

import org.apache.thrift.protocol.TProtocol;

/**
 * The encodings of a Thrift message; both ends must use the same one.
 * <p>
 * <em>Immutable</em>.
 */
public enum ThriftEncoding {

	/**
	 * {@code TBinaryProtocol}, strict both ways: a message must begin with the version.
	 */
	BINARY {
		@Override
		TProtocol protocol(ByteBufTransport transport) {
			return new GuardedBinaryProtocol(transport);
		}
	},

	/** {@code TCompactProtocol}. */
	COMPACT {
		@Override
		TProtocol protocol(ByteBufTransport transport) {
			return new GuardedCompactProtocol(transport);
		}
	},

	/**
	 * {@code TJSONProtocol}; the slowest and largest, for peers that have nothing else.
	 */
	JSON {
		@Override
		TProtocol protocol(ByteBufTransport transport) {
			return new GuardedJsonProtocol(transport);
		}
	};

	abstract TProtocol protocol(ByteBufTransport transport);

}
