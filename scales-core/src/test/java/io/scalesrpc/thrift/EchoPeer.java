package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.util.Map;

import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;

/**
 * Gives back what it is given. <em>Immutable</em>.
 */
public class EchoPeer implements PeerService.Iface {

	@Override
	public void ping() {
	}

	@Override
	public String echo(String text) {
		return text;
	}

	@Override
	public ByteBuffer echoBytes(ByteBuffer bytes) {
		return bytes;
	}

	@Override
	public int add(int left, int right) {
		return left + right;
	}

	@Override
	public int sleep(int millis) {
		return millis;
	}

	@Override
	public void fail(int code, String message) throws PeerException {
		throw new PeerException(code, message);
	}

	@Override
	public String failUndeclared(String message) {
		throw new IllegalStateException(message);
	}

	@Override
	public void nothing() {
	}

	@Override
	public void fire(String text) {
	}

	@Override
	public Big big(Big value) {
		return value;
	}

	@Override
	public int whoami() {
		return 1;
	}

	@Override
	public Map<String, String> contexts() {
		return Map.of();
	}

}
