package io.scalesrpc.mux;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Context;

/**
 * The codec of Tdispatch, a request:
 * {@code count:2 (klen:2 key vlen:2 value)* dstlen:2 dst count:2 (fromlen:2 from tolen:2 to)* body}.
 * <em>Stateless</em>; thread-safe.
 */
@Internal
public final class TdispatchCodec {

	/** Longer tables than any in use, and short enough to be read on the event loop. */
	static final int MAX_DTAB = 1024;

	private TdispatchCodec() {
	}

	/**
	 * Starts a request without a tag: the caller appends the body to the same buffer,
	 * then calls {@link MuxFrame#end}, and {@link MuxFrame#patchTag} when the request has
	 * got its tag.
	 * @param buffer where to
	 * @param contexts at most 256 contexts of at most 65535 bytes each
	 * @param destination a Finagle path, empty for none
	 * @param dtab the caller's delegation table, usually empty
	 * @return where the frame starts
	 * @throws IllegalArgumentException if one of them is too long for the wire
	 */
	public static int begin(ByteBuf buffer, Context contexts, String destination, List<DtabEntry> dtab) {
		int start = MuxFrame.begin(buffer, MuxType.TDISPATCH, MuxFrame.MARKER_TAG);
		ContextsCodec.write(buffer, contexts);
		ShortString.write(buffer, destination, "dst");
		buffer.writeShort(count(dtab));
		// By index: an iterator would be made for every request, nearly always for
		// nothing.
		for (int i = 0; i < dtab.size(); i++) {
			DtabEntry entry = dtab.get(i);
			ShortString.write(buffer, entry.prefix(), "dtab prefix");
			ShortString.write(buffer, entry.destination(), "dtab destination");
		}
		return start;
	}

	public static void requireFits(List<DtabEntry> dtab) {
		count(dtab);
		dtab.forEach((entry) -> {
			ShortString.requireFits(entry.prefix(), "dtab prefix");
			ShortString.requireFits(entry.destination(), "dtab destination");
		});
	}

	private static int count(List<DtabEntry> dtab) {
		if (dtab.size() > MAX_DTAB) {
			throw new IllegalArgumentException("dtab: " + dtab.size() + " (expected: <= " + MAX_DTAB + ")");
		}
		return dtab.size();
	}

	/**
	 * The contexts of a request.
	 * @param frame a Tdispatch from its type on
	 * @return copies of the contexts; of equal keys the last
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static Context contexts(ByteBuf frame) {
		return ContextsCodec.read(frame, MuxFrame.bodyIndex(frame));
	}

	/**
	 * The destination of a request.
	 * @param frame a Tdispatch from its type on
	 * @return a Finagle path, empty if there is none
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static String destination(ByteBuf frame) {
		int index = destinationIndex(frame);
		return ShortString.text(frame, index, ShortString.end(frame, index, "dst", 0));
	}

	/**
	 * The delegation table of a request.
	 * @param frame a Tdispatch from its type on
	 * @return the entries in their order
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static List<DtabEntry> dtab(ByteBuf frame) {
		int index = dtabIndex(frame);
		int count = dtabCount(frame, index);
		List<DtabEntry> dtab = new ArrayList<>();
		int from = index + ShortString.LENGTH_BYTES;
		for (int i = 0; i < count; i++) {
			int to = ShortString.end(frame, from, "dtab %d prefix", i);
			int end = ShortString.end(frame, to, "dtab %d destination", i);
			dtab.add(new DtabEntry(ShortString.text(frame, from, to), ShortString.text(frame, to, end)));
			from = end;
		}
		return dtab;
	}

	/**
	 * The body of a request.
	 * @param frame a Tdispatch from its type on
	 * @return a view of the frame that lives as long as the frame does
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static ByteBuf body(ByteBuf frame) {
		int index = dtabIndex(frame);
		int count = dtabCount(frame, index);
		int end = index + ShortString.LENGTH_BYTES;
		for (int i = 0; i < count; i++) {
			end = ShortString.end(frame, end, "dtab %d prefix", i);
			end = ShortString.end(frame, end, "dtab %d destination", i);
		}
		return MuxFrame.rest(frame, end);
	}

	private static int destinationIndex(ByteBuf frame) {
		return ContextsCodec.end(frame, MuxFrame.bodyIndex(frame));
	}

	private static int dtabIndex(ByteBuf frame) {
		return ShortString.end(frame, destinationIndex(frame), "dst", 0);
	}

	private static int dtabCount(ByteBuf frame, int index) {
		int count = ShortString.count(frame, index, "dtab count");
		if (count > MAX_DTAB) {
			throw new MuxProtocolException("dtab count: " + count + " (expected: <= " + MAX_DTAB + ")");
		}
		return count;
	}

}
