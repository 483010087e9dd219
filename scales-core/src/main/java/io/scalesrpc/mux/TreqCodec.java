package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * The codec of Treq, the request of mux's first days:
 * {@code count:1 (key:1 vlen:1 value)* body}. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class TreqCodec {

	private static final int TRACE_ID_KEY = 1;

	private static final int FLAGS_KEY = 2;

	private static final int TRACE_ID_BYTES = 24;

	private TreqCodec() {
	}

	/**
	 * Starts a request without a tag: the caller appends the body to the same buffer,
	 * then calls {@link MuxFrame#end}, and {@link MuxFrame#patchTag} when the request has
	 * got its tag.
	 * @param buffer where to
	 * @param trace the trace ids, of 64 bits each; {@code null} for none
	 * @return where the frame starts
	 */
	public static int begin(ByteBuf buffer, @Nullable TraceIdContext trace) {
		int start = MuxFrame.begin(buffer, MuxType.TREQ, MuxFrame.MARKER_TAG);
		if (trace == null) {
			buffer.writeByte(0);
			return start;
		}
		buffer.writeByte(2).writeByte(TRACE_ID_KEY).writeByte(TRACE_ID_BYTES);
		buffer.writeLong(trace.spanId()).writeLong(trace.parentId()).writeLong(trace.traceId());
		buffer.writeByte(FLAGS_KEY).writeByte(1).writeByte((int) trace.flags());
		return start;
	}

	/**
	 * The trace ids of a request.
	 * @param frame a Treq from its type on
	 * @return the ids, or {@code null} if there are none or they are not 24 bytes
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static @Nullable TraceIdContext trace(ByteBuf frame) {
		int ids = valueIndex(frame, TRACE_ID_KEY);
		if (ids < 0 || length(frame, ids) != TRACE_ID_BYTES) {
			return null;
		}
		int flags = valueIndex(frame, FLAGS_KEY);
		int last = (flags < 0 || length(frame, flags) == 0) ? 0
				: frame.getUnsignedByte(flags + length(frame, flags) - 1);
		return new TraceIdContext(frame.getLong(ids), frame.getLong(ids + 8), 0, frame.getLong(ids + 16), last);
	}

	/**
	 * The body of a request.
	 * @param frame a Treq from its type on
	 * @return a view of the frame that lives as long as the frame does
	 * @throws MuxProtocolException if a length points past the end of the frame
	 */
	public static ByteBuf body(ByteBuf frame) {
		int index = MuxFrame.bodyIndex(frame) + 1;
		for (int left = count(frame); left > 0; left--) {
			index = headerEnd(frame, index);
		}
		return MuxFrame.rest(frame, index);
	}

	/** Where the value of the last header of this key is, or -1. */
	private static int valueIndex(ByteBuf frame, int key) {
		int found = -1;
		int index = MuxFrame.bodyIndex(frame) + 1;
		for (int left = count(frame); left > 0; left--) {
			int end = headerEnd(frame, index);
			if (frame.getByte(index) == key) {
				found = index + 2;
			}
			index = end;
		}
		return found;
	}

	private static int length(ByteBuf frame, int valueIndex) {
		return frame.getUnsignedByte(valueIndex - 1);
	}

	private static int headerEnd(ByteBuf frame, int index) {
		MuxFrame.requireBytes(frame, index, 2, "Treq header");
		int length = frame.getUnsignedByte(index + 1);
		MuxFrame.requireBytes(frame, index + 2, length, "Treq header value");
		return index + 2 + length;
	}

	private static int count(ByteBuf frame) {
		int index = MuxFrame.bodyIndex(frame);
		MuxFrame.requireBytes(frame, index, 1, "Treq header count");
		int count = frame.getByte(index);
		if (count < 0) {
			throw new MuxProtocolException("Treq header count: " + (count & 0xff) + " (expected: <= 127)");
		}
		return count;
	}

}
