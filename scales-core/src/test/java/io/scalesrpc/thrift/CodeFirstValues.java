package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import io.scalesrpc.thrift.annotation.ThriftValue;
import org.jspecify.annotations.Nullable;

/**
 * What values.thrift says, without it.
 */
public final class CodeFirstValues {

	private CodeFirstValues() {
	}

	/** The service. */
	@ThriftInterface
	public interface ValueService {

		Value echo(Value value) throws Refused;

		Item item(Item item);

		int number(int number);

		void check(boolean fail) throws Refused;

	}

	/** An enum. */
	public enum Shade {

		/** Dark. */
		@ThriftValue(1)
		DARK,

		/** Light. */
		@ThriftValue(2)
		LIGHT,

		/** Below 0. */
		@ThriftValue(-7)
		BRIGHT

	}

	/** A union. */
	public sealed interface Amount {

		/** The member with id 1. */
		@ThriftField(1)
		record Whole(long whole) implements Amount {
		}

		/** The member with id 2. */
		@ThriftField(2)
		record Fraction(double fraction) implements Amount {
		}

		/** The member with id 3. */
		@ThriftField(3)
		record Text(String text) implements Amount {
		}

		/** The member with id 4. */
		@ThriftField(4)
		record Parts(List<Long> parts) implements Amount {
		}

		/** The member with id 5. */
		@ThriftField(5)
		record Paired(Pair pair) implements Amount {
		}

	}

	/** A struct that may hold itself. */
	public record Pair(@ThriftField(1) @Nullable String left, @ThriftField(2) @Nullable Long right,
			@ThriftField(3) @Nullable List<Pair> more) {
	}

	/** Every type, nothing of it needed. */
	public record Value(@ThriftField(1) @Nullable Boolean flag, @ThriftField(2) @Nullable Byte tiny,
			@ThriftField(3) @Nullable Short small, @ThriftField(4) @Nullable Integer medium,
			@ThriftField(5) @Nullable Long large, @ThriftField(6) @Nullable Double real,
			@ThriftField(7) @Nullable String text, @ThriftField(8) @Nullable ByteBuffer bytes,
			@ThriftField(9) @Nullable Shade shade, @ThriftField(10) @Nullable Amount amount,
			@ThriftField(11) @Nullable Pair pair, @ThriftField(12) @Nullable List<Long> numbers,
			@ThriftField(13) @Nullable Set<String> words, @ThriftField(14) @Nullable Map<String, Integer> counts,
			@ThriftField(15) @Nullable Map<Integer, Map<String, List<Amount>>> nested,
			@ThriftField(16) @Nullable List<List<ByteBuffer>> blobs,
			@ThriftField(40) @Nullable Map<Shade, Boolean> shades) {
	}

	/** An exception. */
	public static final class Refused extends Exception {

		private static final long serialVersionUID = 1L;

		private final String why;

		private final long limit;

		public Refused(@ThriftField(1) String why, @ThriftField(2) long limit) {
			this.why = why;
			this.limit = limit;
		}

		public String getWhy() {
			return this.why;
		}

		public long getLimit() {
			return this.limit;
		}

	}

	/** Twelve fields. */
	public record Item(@ThriftField(1) long id, @ThriftField(2) String sku, @ThriftField(3) int quantity,
			@ThriftField(4) long cents, @ThriftField(5) double weight, @ThriftField(6) boolean gift,
			@ThriftField(7) Shade shade, @ThriftField(8) String note, @ThriftField(9) short shelf,
			@ThriftField(10) byte grade, @ThriftField(11) List<String> tags, @ThriftField(12) ByteBuffer code) {
	}

}
