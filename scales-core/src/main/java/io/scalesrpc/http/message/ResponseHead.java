package io.scalesrpc.http.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.body.ContentEncoding;

/**
 * The head of an answer as its reader sees it: the headers that the server sent, less
 * those that say how the body came and no longer hold of the body that is handed on.
 * <em>Immutable</em>.
 *
 * @param status the status, 100 to 999
 * @param reason the words beside it
 * @param fields the headers
 * @param contentEncoding how the body is to be unpacked
 * @param length how many bytes of body are to come, packed or not; -1 if the head does
 * not say it, or there is none to come
 * @param keepsAlive whether another answer may follow on the connection
 */
public record ResponseHead(int status, String reason, HttpFields fields, ContentEncoding contentEncoding, long length,
		boolean keepsAlive) {

	private static final int MIN_STATUS = 100;

	private static final int MAX_STATUS = 999;

	/**
	 * Reads a head.
	 * @param head the head of an answer that is not interim
	 * @param answersHead whether it is the answer to a HEAD, which has no body
	 * @param unpacks whether compressed content is unpacked
	 * @return the head
	 * @throws IllegalArgumentException if it makes no sense
	 */
	public static ResponseHead of(HttpResponse head, boolean answersHead, boolean unpacks) {
		int status = head.status().code();
		HttpHeaders headers = head.headers();
		ContentEncoding contentEncoding = ContentEncoding.NONE;
		boolean packedContent = false;
		long length = -1;
		if (!answersHead && !hasNoBody(status)) {
			length = HttpUtil.getContentLength(head, -1L);
			contentEncoding = transferPacking(headers);
			if (contentEncoding == ContentEncoding.NONE && unpacks) {
				contentEncoding = ContentEncoding.of(headers.get(HttpHeaderNames.CONTENT_ENCODING));
				packedContent = contentEncoding != ContentEncoding.NONE;
			}
		}
		return new ResponseHead(status, head.status().reasonPhrase(), fields(headers, packedContent), contentEncoding,
				length, HttpUtil.isKeepAlive(head));
	}

	/** Refuses what is no status of HTTP (RFC 9110, 15), though it is a number. */
	public static void requireStatus(HttpResponse head) {
		int status = head.status().code();
		if (status < MIN_STATUS || status > MAX_STATUS) {
			throw new IllegalArgumentException(
					"status " + status + " (expected: " + MIN_STATUS + " to " + MAX_STATUS + ")");
		}
	}

	/** A 304 has the length of what it does not send. */
	private static boolean hasNoBody(int status) {
		return status == 204 || status == 304;
	}

	/** We ask for no transfer coding but chunked, and nobody above could read one. */
	private static ContentEncoding transferPacking(HttpHeaders headers) {
		ContentEncoding contentEncoding = ContentEncoding.NONE;
		for (String values : headers.getAll(HttpHeaderNames.TRANSFER_ENCODING)) {
			for (String value : values.split(",")) {
				String coding = value.trim();
				boolean plain = coding.isEmpty() || coding.equalsIgnoreCase("chunked")
						|| coding.equalsIgnoreCase("identity");
				ContentEncoding known = ContentEncoding.of(coding);
				if (!plain && (known == ContentEncoding.NONE || contentEncoding != ContentEncoding.NONE)) {
					throw new IllegalArgumentException(
							"Transfer-Encoding: " + values + " (expected: chunked, at most with one of gzip, deflate)");
				}
				contentEncoding = plain ? contentEncoding : known;
			}
		}
		return contentEncoding;
	}

	/** The fields of a head or of trailers, as they were sent. */
	public static HttpFields fields(HttpHeaders headers) {
		return fields(headers, false);
	}

	private static HttpFields fields(HttpHeaders headers, boolean unpacked) {
		List<String> all = new ArrayList<>(2 * headers.size());
		for (var it = headers.iteratorCharSequence(); it.hasNext();) {
			Map.Entry<CharSequence, CharSequence> field = it.next();
			if (!isGone(field.getKey(), unpacked)) {
				all.add(field.getKey().toString());
				all.add(field.getValue().toString());
			}
		}
		return new HttpFields(all.toArray(String[]::new));
	}

	private static boolean isGone(CharSequence name, boolean unpacked) {
		return HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)
				|| (unpacked && (HttpHeaderNames.CONTENT_ENCODING.contentEqualsIgnoreCase(name)
						|| HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)));
	}

	/** The answer with this head. */
	ScalesHttpResponse with(byte[] body, HttpFields trailers) {
		return new ScalesHttpResponse(this.status, this.reason, this.fields, body, trailers);
	}

}
