package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.scalesrpc.test.calculator.Everything;
import io.scalesrpc.test.calculator.Node;
import io.scalesrpc.test.calculator.Number;
import io.scalesrpc.test.calculator.Operation;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.Color;
import io.scalesrpc.test.peer.Leaf;

/**
 * Values of every type that the IDL has. <em>Immutable</em>.
 */
public final class Samples {

	public static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	private static final String TEXT = "\u00e4\u20ac\ud83d\ude00 \"quoted\" \\ \n\t\u0001 /";

	private Samples() {
	}

	public static Everything everything() {
		return new Everything(true, (byte) -128, Short.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE, -0.1, TEXT,
				bytes(TEXT), ID, Operation.DIVIDE, Number.fraction(Double.MIN_VALUE), List.of(ID, new UUID(0, 0)),
				Set.of(Operation.ADD, Operation.DIVIDE),
				Map.of(Operation.ADD, List.of(Number.whole(Long.MAX_VALUE), Number.fraction(Double.NaN))), 1L << 40,
				List.of(true, false, true));
	}

	public static Big big(int leaves) {
		List<Leaf> list = new ArrayList<>();
		for (int i = 0; i < leaves; i++) {
			list.add(leaf(i));
		}
		return new Big(leaves, list, Map.of("some", List.of(leaf(1)), "none", List.of()), Set.of(1L, -1L),
				Map.of(1, Map.of("one", 1L), 2, Map.of()), List.of(List.of(1, 2), List.of()))
			.setSingle(new Leaf("bare"));
	}

	private static Leaf leaf(int number) {
		return new Leaf("leaf " + number).setCount(number)
			.setRatio(number / 3.0)
			.setFlag(number % 2 == 0)
			.setBlob(bytes("blob " + number))
			.setColor(Color.BLUE);
	}

	/** A chain of {@code depth} nodes. */
	public static Node chain(int depth) {
		Node node = new Node();
		for (int i = 1; i < depth; i++) {
			node = new Node().setNext(node);
		}
		return node;
	}

	public static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
