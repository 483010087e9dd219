package io.scalesrpc.mux;

import io.scalesrpc.Internal;

/**
 * Stands for a frame that {@link MuxFrameDecoder} skips because a limit leaves no room
 * for it. <em>Immutable</em>.
 *
 * @param type its type
 * @param tag its tag
 * @param more whether more pieces of its message follow
 * @param refusal the limit
 */
@Internal
public record RefusedFrame(int type, int tag, boolean more, Refusal refusal) {
}
